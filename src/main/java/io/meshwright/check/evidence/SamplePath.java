package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;

/** A path that a match takes. */
public final class SamplePath {
    private SamplePath() {}

    /** The exact path or the prefix; of a regex what stands before its first special character. */
    public static String path(JsonNode match) {
        JsonNode uri = match.path("uri");
        String written = uri.path("exact")
                .asText(uri.path("prefix").asText(uri.path("regex").asText("/")));
        String plain = uri.has("regex") ? written.replaceFirst("[\\\\.^$|?*+(\\[{].*", "") : written;
        return plain.startsWith("/") ? plain : "/".concat(plain);
    }
}
