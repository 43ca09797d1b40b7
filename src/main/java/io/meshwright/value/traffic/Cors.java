package io.meshwright.value.traffic;

import com.google.re2j.Pattern;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import java.util.List;

/** The pages of other origins that may call a host from a browser; the same on every route of the host. */
@Doc("Which pages of other origins may call this host from a browser.")
public record Cors(
        @Required
        @Doc("Origins as the browser sends them: https://app.example.org, without a path; \"*\" is every origin.")
        @Sample("[https://app.example.org]")
        List<String> allowOrigins,

        @Defaulted @Doc("Methods; default GET, HEAD and POST.")
        List<HttpMethod> allowMethods,

        @Defaulted
        @Doc("Request headers; \"*\" is every header; default none beyond those that are always allowed.")
        @Sample("[x-requested-with]")
        List<String> allowHeaders,

        @Defaulted @Doc("Answer headers that the page may read; default none beyond those that it always may.")
        List<String> exposeHeaders,

        @Defaulted @Doc("Whether cookies and tokens may come along; default false.")
        Boolean allowCredentials,

        @Defaulted @Doc("How long the browser need not ask again, in whole seconds; default 1h.")
        Duration maxAge) {
    private static final String EVERY = "*";
    // Scheme, host and port is all that an Origin header holds (RFC 6454, 6.2); Istio compares it letter by letter.
    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?");

    public Cors {
        allowOrigins = List.copyOf(Require.notEmpty("allowOrigins", allowOrigins));
        allowMethods = allowMethods == null || allowMethods.isEmpty()
                ? List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST)
                : allowMethods.stream().distinct().sorted().toList();
        allowHeaders = allowHeaders == null ? List.of() : List.copyOf(allowHeaders);
        exposeHeaders = exposeHeaders == null ? List.of() : List.copyOf(exposeHeaders);
        allowCredentials = allowCredentials != null && allowCredentials;
        maxAge = maxAge == null ? Duration.of("1h") : maxAge;
        allowOrigins.forEach(Cors::origin);
        Require.that(
                !allowCredentials || !allowOrigins.contains(EVERY),
                "allowCredentials",
                "lets every page act with the visitor's cookies, because allowOrigins has \"*\"",
                "name the origins, or remove it");
        Require.that(
                !allowCredentials || !exposeHeaders.contains(EVERY),
                "exposeHeaders",
                "\"*\" means nothing to a browser that sends credentials",
                "name the headers");
        Require.that(
                maxAge.millis() >= 1000 && maxAge.millis() % 1000 == 0,
                "maxAge",
                "\"%s\" is not a number of seconds above 0".formatted(maxAge),
                "give whole seconds");
    }

    private static void origin(String origin) {
        Require.that(
                origin.equals(EVERY) || ORIGIN.matches(origin),
                "allowOrigins",
                "%s is not an origin".formatted(Plain.quoted(origin)),
                "give scheme, host and port in lower case without a path or a / at the end, such as"
                        + " https://app.example.org");
    }
}
