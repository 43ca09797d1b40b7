package io.meshwright.check.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;

/**
 * Fills in what a schema says by default, and drops nulls that it does not allow, as the API server does before it
 * validates (kubernetes.io, custom resource definitions, defaulting and nullable).
 */
final class Defaults {
    private Defaults() {}

    /** A copy of the value with its defaults. */
    static JsonNode applied(JsonNode schema, JsonNode value) {
        JsonNode copy = value.deepCopy();
        fill(schema, copy);
        return copy;
    }

    private static void fill(JsonNode schema, JsonNode value) {
        if (value instanceof ObjectNode object) {
            Fields.entries(schema.path("properties"))
                    .forEach(property -> field(property.getValue(), object, property.getKey()));
            JsonNode others = schema.path("additionalProperties");
            if (others.isObject()) {
                Fields.entries(object).forEach(field -> field(others, object, field.getKey()));
            }
        } else if (value instanceof ArrayNode items) {
            items.forEach(item -> fill(schema.path("items"), item));
        }
    }

    private static void field(JsonNode schema, ObjectNode object, String name) {
        JsonNode standard = schema.path("default");
        boolean unset = !object.has(name)
                || object.get(name).isNull() && !schema.path("nullable").asBoolean(false);
        if (unset && !standard.isMissingNode()) {
            object.set(name, standard.deepCopy());
        } else if (unset) {
            object.remove(name);
        }
        fill(schema, object.path(name));
    }
}
