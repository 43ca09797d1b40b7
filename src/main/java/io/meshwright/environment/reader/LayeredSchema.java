package io.meshwright.environment.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A schema with its second form for bases and for files that extend them: no key is required there, and null takes out
 * what a base gave. Lists replace, so that their entries are as whole as everywhere.
 */
final class LayeredSchema {
    private static final String DEFINITIONS = "definitions";
    private static final String REFERENCE = "#/definitions/";
    private static final String PARTIAL = "partial.";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectNode definitions;
    private final Set<String> composite = new TreeSet<>();

    private LayeredSchema(ObjectNode definitions) {
        this.definitions = definitions;
        definitions.properties().forEach(entry -> {
            if (isComposite(entry.getValue())) {
                composite.add(entry.getKey());
            }
        });
    }

    static JsonNode of(JsonNode whole, String name) {
        ObjectNode root = whole.deepCopy();
        ObjectNode definitions = (ObjectNode) root.remove(DEFINITIONS);
        JsonNode draft = root.remove("$schema");
        LayeredSchema layered = new LayeredSchema(definitions.deepCopy());
        ObjectNode partial = layered.base(root);
        layered.composite.forEach(
                each -> definitions.set(PARTIAL.concat(each), layered.partial(layered.definitions.path(each))));
        definitions.set(name, root);
        definitions.set(PARTIAL.concat(name), partial);
        ObjectNode schema = NODES.objectNode();
        schema.set("$schema", draft);
        schema.set(DEFINITIONS, definitions);
        schema.set("if", extending());
        schema.set("then", reference(PARTIAL.concat(name)));
        schema.set("else", reference(name));
        return schema;
    }

    /** Of a file that extends others, or may be extended only. */
    private static ObjectNode extending() {
        ObjectNode condition = NODES.objectNode();
        ArrayNode either = condition.putArray("anyOf");
        either.addObject().putArray("required").add("extends");
        ObjectNode base = either.addObject();
        base.putArray("required").add("kind");
        base.putObject("properties").putObject("kind").put("const", "EnvironmentBase");
        return condition;
    }

    private ObjectNode base(ObjectNode root) {
        ObjectNode partial = (ObjectNode) partial(root);
        ObjectNode properties = (ObjectNode) partial.path("properties");
        ObjectNode kind = NODES.objectNode();
        kind.put("description", "Environment, or EnvironmentBase for a file that others extend.");
        kind.putArray("enum").add("Environment").add("EnvironmentBase");
        properties.set("kind", kind);
        ObjectNode bases = NODES.objectNode();
        bases.put("description", "Files below this one, by their paths from here; the later over the earlier.");
        bases.put("type", "array").putObject("items").put("type", "string");
        properties.set("extends", bases);
        partial.putArray("required").add("apiVersion").add("kind");
        return partial;
    }

    private JsonNode partial(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        ObjectNode partial = NODES.objectNode();
        object.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            switch (entry.getKey()) {
                case "required" -> {}
                case "oneOf", "anyOf" -> partial.set("anyOf", each(value));
                case "properties" -> partial.set("properties", removable(value));
                case "additionalProperties" ->
                    partial.set("additionalProperties", value.isObject() ? orNull(value) : value);
                case "$ref" -> partial.put("$ref", rewritten(value.asText()));
                default -> partial.set(entry.getKey(), value.deepCopy());
            }
        });
        return partial;
    }

    private ArrayNode each(JsonNode schemas) {
        ArrayNode partial = NODES.arrayNode();
        schemas.forEach(schema -> partial.add(partial(schema)));
        return partial;
    }

    private ObjectNode removable(JsonNode properties) {
        ObjectNode partial = NODES.objectNode();
        properties
                .properties()
                .forEach(entry -> partial.set(
                        entry.getKey(), entry.getValue().has("const") ? entry.getValue() : orNull(entry.getValue())));
        return partial;
    }

    private ObjectNode orNull(JsonNode schema) {
        ObjectNode either = NODES.objectNode();
        if (schema.has("description")) {
            either.set("description", schema.path("description"));
        }
        either.putArray("anyOf").add(partial(schema)).addObject().put("type", "null");
        return either;
    }

    private String rewritten(String reference) {
        String name = reference.replace(REFERENCE, "");
        return composite.contains(name) ? REFERENCE + PARTIAL + name : reference;
    }

    private static ObjectNode reference(String name) {
        return NODES.objectNode().put("$ref", REFERENCE.concat(name));
    }

    /** Tells whether something in it can be left out. */
    private static boolean isComposite(JsonNode schema) {
        return List.of("properties", "additionalProperties", "oneOf", "anyOf").stream()
                .anyMatch(schema::has);
    }
}
