package io.meshwright.value.telemetry;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.SecretRef;
import io.meshwright.value.Url;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Headers with which a collector proves who it is; their values are keys of Secrets. */
final class OtlpHeaders {
    private OtlpHeaders() {}

    static Map<String, SecretRef> of(Url url, @Nullable Map<String, SecretRef> given) {
        Map<String, SecretRef> headers = given == null ? new TreeMap<>() : new TreeMap<>(given);
        Set<String> seen = new HashSet<>();
        headers.forEach((name, secret) -> {
            if (!name.matches("[A-Za-z0-9][-A-Za-z0-9]{0,99}")) {
                throw new InvalidValue(
                        "headers",
                        "%s is no name of a header".formatted(Plain.quoted(name)),
                        "write it as Authorization");
            }
            secret.keyed("headers.%s".formatted(name));
            Require.that(
                    seen.add(name.toLowerCase(Locale.ROOT)),
                    "headers.%s".formatted(name),
                    "is given twice, in letters of another case",
                    "remove one");
        });
        Require.that(
                headers.isEmpty() || url.isHttps(),
                "url",
                "\"%s\" would send headers from Secrets in plain text".formatted(url),
                "write it with https, or remove headers");
        return headers;
    }
}
