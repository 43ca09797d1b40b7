package io.meshwright.value.edge;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Sample;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers 503 in the place of the services, while somebody works on what is behind. */
@Doc("Answers 503 in the place of the services while somebody works on them.")
@Sample("{retryAfter: 30m}")
public record Maintenance(
        @Defaulted @Doc("Default true; false keeps the words for the next time.")
        Boolean enabled,

        @Defaulted @Doc("When clients shall ask again, in whole seconds from 1s on; default 10m.")
        Duration retryAfter,

        @Defaulted @Doc("What people read; at most 4096 bytes; default \"Down for maintenance.\"")
        String body,

        @Defaulted @Doc("Type of the body; default text/plain.") @Sample("text/html")
        String contentType,

        @Defaulted
        @Doc("Requests that get through: those with one of these headers, each with its whole value; it is no secret,"
                + " everybody reads it here; default: none.")
        @Sample("{x-preview: release}")
        Map<String, String> exceptHeaders) {
    /** Status of the answers. */
    public static final int STATUS = 503;

    // Envoy refuses a whole route configuration for a longer one (route.proto, max_direct_response_body_size_bytes).
    private static final int LONGEST = 4096;

    public Maintenance {
        enabled = enabled == null || enabled;
        retryAfter = retryAfter == null ? Duration.of("10m") : retryAfter;
        body = body == null ? "Down for maintenance.\n" : Require.notBlank("body", body);
        contentType = MediaType.checked(contentType == null ? "text/plain" : contentType);
        exceptHeaders = names(exceptHeaders);
        Require.that(
                retryAfter.millis() >= 1000 && retryAfter.millis() % 1000 == 0,
                "retryAfter",
                "\"%s\" is not a number of seconds above 0".formatted(retryAfter),
                "give whole seconds");
        fits("body", body);
    }

    /**
     * A body that Envoy takes in an answer of a route.
     *
     * @throws io.meshwright.value.InvalidValue at {@code key} above 4096 bytes
     */
    public static String fits(String key, String body) {
        int bytes = body.getBytes(StandardCharsets.UTF_8).length;
        Require.that(
                bytes <= LONGEST,
                key,
                "has %d bytes, and Envoy refuses all routes of a proxy for more than %d".formatted(bytes, LONGEST),
                "shorten it, or let a service answer");
        return body;
    }

    /** The headers of the answers, by their names in small letters. */
    public SortedMap<String, String> headers() {
        return new TreeMap<>(Map.of("retry-after", Long.toString(retryAfter.seconds()), "content-type", contentType));
    }

    private static Map<String, String> names(@Nullable Map<String, String> given) {
        Map<String, String> named = new TreeMap<>();
        (given == null ? Map.<String, String>of() : given).forEach((name, value) -> {
            Require.that(
                    name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+"),
                    KeyPath.of("exceptHeaders").key(name).text(),
                    "%s is not the name of a header".formatted(Plain.quoted(name)),
                    "give a name such as x-preview");
            Require.that(
                    !value.isBlank(),
                    KeyPath.of("exceptHeaders").key(name).text(),
                    "%s has no value".formatted(Plain.quoted(name)),
                    "give the whole value of the header");
            named.put(name.toLowerCase(Locale.ROOT), value);
        });
        return Collections.unmodifiableMap(named);
    }
}
