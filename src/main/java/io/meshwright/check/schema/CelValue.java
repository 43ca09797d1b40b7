package io.meshwright.check.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A JSON value as rules see it; names of fields that no expression could write are escaped as Kubernetes does. */
final class CelValue {
    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return");

    private CelValue() {}

    static Object of(JsonNode schema, JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> object(schema, value);
            case ARRAY -> list(schema, value);
            case BOOLEAN -> value.booleanValue();
            case NUMBER ->
                value.isIntegralNumber() && !schema.path("type").asText("").equals("number")
                        ? (Object) value.longValue()
                        : value.doubleValue();
            default -> value.asText();
        };
    }

    private static List<Object> list(JsonNode schema, JsonNode value) {
        return Fields.items(value).stream()
                .map(item -> of(schema.path("items"), item))
                .toList();
    }

    private static Map<String, Object> object(JsonNode schema, JsonNode value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (var field : Fields.entries(value)) {
            if (!field.getValue().isNull()) {
                JsonNode property = schema.path("properties").path(field.getKey());
                String name = property.isObject() ? escaped(field.getKey()) : field.getKey();
                fields.put(
                        name,
                        of(property.isObject() ? property : schema.path("additionalProperties"), field.getValue()));
            }
        }
        return fields;
    }

    private static String escaped(String name) {
        if (RESERVED.contains(name)) {
            return "__%s__".formatted(name);
        }
        return name.replace("__", "__underscores__")
                .replace(".", "__dot__")
                .replace("-", "__dash__")
                .replace("/", "__slash__");
    }
}
