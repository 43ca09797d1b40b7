package io.meshwright.mesh.terms;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path into the claims of a verified token, as {@code @request.auth.claims.a.b} or {@code @request.auth.claims[a][b]}
 * writes it.
 */
public record ClaimPath(List<String> keys) {
    private static final String PREFIX = "@request.auth.claims";

    /** The path that a header name of a match stands for, if it is none of a header. */
    public static Optional<ClaimPath> of(String header) {
        return header.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
                ? Optional.of(parse(header.substring(PREFIX.length())))
                : Optional.empty();
    }

    /** The path that the rest of a key writes: {@code [a][b]} allows dots in names, {@code .a.b} does not. */
    public static ClaimPath parse(String rest) {
        List<String> keys = new ArrayList<>();
        String separator = rest.startsWith("[") ? "[\\[\\]]+" : "\\.";
        for (String key : rest.split(separator)) {
            if (!key.isEmpty()) {
                keys.add(key);
            }
        }
        return new ClaimPath(List.copyOf(keys));
    }

    /** The values at the path: one for a text, several for a list; numbers and booleans are not compared as texts. */
    public List<String> values(JsonNode claims) {
        JsonNode value = claims;
        for (String key : keys) {
            value = value.path(key);
        }
        return value.isArray()
                ? Fields.texts(value)
                : Fields.text(value).map(List::of).orElse(List.of());
    }

    public boolean fits(JsonNode claims, StringMatch match) {
        return values(claims).stream().anyMatch(value -> match.isPresence() || match.fits(value));
    }
}
