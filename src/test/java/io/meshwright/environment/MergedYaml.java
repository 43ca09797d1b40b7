package io.meshwright.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An environment file with some keys changed: maps are merged, everything else is replaced. */
public final class MergedYaml {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES, YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    static {
        YAML.configOverride(ArrayNode.class).setMergeable(false);
    }

    private MergedYaml() {}

    /** As files and their bases are merged: null removes what is there, and stays where nothing is. */
    public static String of(String base, String patch) {
        try {
            return YAML.writeValueAsString(merged(YAML.readTree(base), YAML.readTree(patch)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode merged(JsonNode base, JsonNode patch) {
        if (!(base instanceof ObjectNode object) || !patch.isObject()) {
            return patch;
        }
        patch.properties().forEach(entry -> {
            if (entry.getValue().isNull() && object.has(entry.getKey())) {
                object.remove(entry.getKey());
            } else {
                object.set(entry.getKey(), merged(object.path(entry.getKey()), entry.getValue()));
            }
        });
        return object;
    }
}
