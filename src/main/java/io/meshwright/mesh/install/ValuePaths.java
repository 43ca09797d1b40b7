package io.meshwright.mesh.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Pattern;

/** Single values of a chart, which are given by keys with dots between, as Helm's --set reads them. */
final class ValuePaths {
    private static final Pattern NUMBER = Pattern.compile("0|-?[1-9]\\d{0,17}");

    private ValuePaths() {}

    /** Writes a value at its place, and makes the objects above it where they are missing. */
    static void set(ObjectNode values, String path, JsonNode value, boolean text) {
        set(values, List.of(path.split("\\.")), text ? value : typed(value));
    }

    /** As Helm's --set reads a value (pkg/strvals, typedVal). */
    private static JsonNode typed(JsonNode value) {
        String text = value.asText("");
        if (!value.isTextual()) {
            return value;
        }
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return JsonNodeFactory.instance.booleanNode(text.equalsIgnoreCase("true"));
        }
        if (text.equalsIgnoreCase("null")) {
            return JsonNodeFactory.instance.nullNode();
        }
        return NUMBER.matcher(text).matches() ? JsonNodeFactory.instance.numberNode(Long.parseLong(text)) : value;
    }

    private static void set(ObjectNode values, List<String> path, JsonNode value) {
        JsonNode below = values.get(path.get(0));
        if (path.size() == 1) {
            values.set(path.get(0), value);
        } else {
            ObjectNode fields = below instanceof ObjectNode object ? object : values.putObject(path.get(0));
            set(fields, path.subList(1, path.size()), value);
        }
    }
}
