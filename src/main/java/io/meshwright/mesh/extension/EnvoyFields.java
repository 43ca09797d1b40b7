package io.meshwright.mesh.extension;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import java.util.Locale;
import java.util.Map;

/** Fields of Envoy's messages, whose names may be written in two forms (protobuf.dev, ProtoJSON). */
final class EnvoyFields {
    private EnvoyFields() {}

    /** The field of that name, which is in small letters with underscores; missing if it is in neither form. */
    static JsonNode of(JsonNode message, String name) {
        return Fields.entries(message).stream()
                .filter(entry -> name(entry.getKey()).equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> message.path(name));
    }

    /** In small letters with underscores. */
    static String name(String written) {
        return written.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
