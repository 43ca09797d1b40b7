package io.meshwright.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers what a field says when its type is as expected, and nothing when it is not: wrong types are for the schema to
 * report.
 */
public final class Fields {
    private Fields() {}

    /** The items of a list; empty when the node is no list. */
    public static List<JsonNode> items(JsonNode node) {
        if (node.isEmpty() || !node.isArray()) {
            return List.of();
        }
        List<JsonNode> items = new ArrayList<>(node.size());
        node.forEach(items::add);
        return items;
    }

    /** The texts in a list; items of other types are left out. */
    public static List<String> texts(JsonNode node) {
        if (node.isEmpty() || !node.isArray()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>(node.size());
        for (JsonNode item : node) {
            if (item.isTextual()) {
                texts.add(item.textValue());
            }
        }
        return Collections.unmodifiableList(texts);
    }

    /** The text, if the node is one and not empty. */
    public static Optional<String> text(JsonNode node) {
        return node.isTextual() && !node.asText().isEmpty() ? Optional.of(node.asText()) : Optional.empty();
    }

    /** The whole number, if the node is one that fits. */
    public static Optional<Integer> number(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt() ? Optional.of(node.intValue()) : Optional.empty();
    }

    /** The entries of a mapping in the order written; empty when the node is none. */
    public static List<Map.Entry<String, JsonNode>> entries(JsonNode node) {
        return List.copyOf(node.properties());
    }

    /** The entries of a mapping of scalars, such as labels, in the order written; scalars become their text. */
    public static Map<String, String> strings(JsonNode node) {
        Map<String, String> strings = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                strings.put(entry.getKey(), entry.getValue().asText());
            }
        });
        return Collections.unmodifiableMap(strings);
    }
}
