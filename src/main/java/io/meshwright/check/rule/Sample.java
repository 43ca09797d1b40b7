package io.meshwright.check.rule;

import com.fasterxml.jackson.databind.JsonNode;

/** A path that a match takes. */
final class Sample {
    private Sample() {}

    /** The exact path or the prefix; of a regex what stands before its first special character. */
    static String path(JsonNode match) {
        JsonNode uri = match.path("uri");
        String written = uri.path("exact")
                .asText(uri.path("prefix").asText(uri.path("regex").asText("/")));
        String plain = uri.has("regex") ? written.replaceFirst("[\\\\.^$|?*+(\\[{].*", "") : written;
        return plain.startsWith("/") ? plain : "/".concat(plain);
    }
}
