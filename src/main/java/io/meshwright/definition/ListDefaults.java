package io.meshwright.definition;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The fields that the API server adds inside lists of a custom resource because its definition has a default for them
 * (kubernetes.io, custom resource definitions, defaulting). Argo CD merges mappings with what the cluster holds and
 * compares lists as a whole, so a list that lacks such a field never equals its own live state [argo-cd#11074,
 * external-secrets#6398].
 */
public final class ListDefaults {
    // No definition has a say in the first three, and nobody delivers a status.
    private static final Set<String> NOT_DEFINED = Set.of("apiVersion", "kind", "metadata", "status");
    private static final String DEFAULT = "default";

    private final List<Missing> missing = new ArrayList<>();

    private ListDefaults() {}

    /** A field that an object leaves out, by its JSON Pointer, and what the API server writes there. */
    public record Missing(JsonPointer pointer, JsonNode value) {}

    /** Finds what an object leaves out in its lists, at any depth, in the order of the object and its schema. */
    public static List<Missing> missing(JsonNode schema, JsonNode object) {
        ListDefaults defaults = new ListDefaults();
        for (var property : schema.path("properties").properties()) {
            if (!NOT_DEFINED.contains(property.getKey())) {
                defaults.field(property.getValue(), object, property.getKey(), JsonPointer.empty(), false);
            }
        }
        return List.copyOf(defaults.missing);
    }

    private void value(JsonNode schema, JsonNode value, JsonPointer at, boolean inList) {
        if (value.isArray()) {
            for (int index = 0; index < value.size(); index++) {
                value(schema.path("items"), value.get(index), at.appendIndex(index), true);
            }
            return;
        }
        for (var property : schema.path("properties").properties()) {
            field(property.getValue(), value, property.getKey(), at, inList);
        }
        JsonNode others = schema.path("additionalProperties");
        if (others.isObject()) {
            value.properties()
                    .forEach(entry -> value(others, entry.getValue(), at.appendProperty(entry.getKey()), inList));
        }
    }

    private void field(JsonNode schema, JsonNode object, String name, JsonPointer at, boolean inList) {
        JsonNode written = object.path(name);
        boolean unset = written.isMissingNode()
                || written.isNull() && !schema.path("nullable").asBoolean(false);
        if (!unset) {
            value(schema, written, at.appendProperty(name), inList);
        } else if (inList && object.isObject() && schema.has(DEFAULT)) {
            missing.add(new Missing(at.appendProperty(name), whole(schema, schema.get(DEFAULT))));
        }
    }

    /** A default that is a mapping itself, with the defaults of its fields. */
    private static JsonNode whole(JsonNode schema, JsonNode standard) {
        JsonNode copy = standard.deepCopy();
        if (copy instanceof ObjectNode object) {
            for (var property : schema.path("properties").properties()) {
                JsonNode below = property.getValue();
                if (object.has(property.getKey()) || below.has(DEFAULT)) {
                    JsonNode own = object.has(property.getKey()) ? object.get(property.getKey()) : below.get(DEFAULT);
                    object.set(property.getKey(), whole(below, own));
                }
            }
        }
        return copy;
    }
}
