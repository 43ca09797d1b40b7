package io.meshwright.environment.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.environment.key.Key;
import io.meshwright.environment.key.KeyTree;
import io.meshwright.environment.key.Words;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** Adds to the sentence of each key the page that describes it, which an editor shows with it. */
final class SchemaLinks {
    private static final String DOCS = "docs/reference/";
    private static final String DESCRIPTION = "description";

    private final KeyTree tree;

    private SchemaLinks(KeyTree tree) {
        this.tree = tree;
    }

    static JsonNode in(JsonNode schema, Class<?> root) {
        SchemaLinks links = new SchemaLinks(KeyTree.of(root));
        links.properties(schema, root);
        Map<String, Class<?>> types = new TreeMap<>();
        links.tree
                .everywhere()
                .forEach(key -> key.mapping().ifPresent(type -> types.put(KeyTree.definition(type), type)));
        schema.path("definitions").properties().forEach(definition -> {
            Class<?> type = types.get(definition.getKey());
            if (type != null) {
                links.definition(definition.getValue(), type);
            }
        });
        return schema;
    }

    private void definition(JsonNode schema, Class<?> type) {
        if (Key.isChoice(type)) {
            Iterator<Class<?>> variants = Words.ofSealed(type).values().iterator();
            schema.path("oneOf").forEach(variant -> properties(variant, variants.next()));
        } else {
            properties(schema, type);
            // A record with a shorthand stands beside it.
            schema.path("anyOf").forEach(either -> properties(either, type));
        }
    }

    private void properties(JsonNode schema, Class<?> type) {
        schema.path("properties").properties().forEach(property -> {
            if (property.getValue() instanceof ObjectNode key && !key.has("const")) {
                String said = key.path(DESCRIPTION).asText();
                String place = "%s%s".formatted(DOCS, tree.place(type, property.getKey()));
                key.put(DESCRIPTION, said.isEmpty() ? place : "%s (%s)".formatted(said, place));
            }
        });
    }
}
