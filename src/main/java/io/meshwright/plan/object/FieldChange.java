package io.meshwright.plan.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A field that one side says in another way than the other, or alone; a missing node stands for a side that does not.
 *
 * @param path its keys, with the name or the position of list items in brackets
 */
public record FieldChange(List<String> path, JsonNode before, JsonNode after) {
    public FieldChange {
        path = List.copyOf(path);
    }

    /** The fields in which two objects differ, in the order of their keys. */
    public static List<FieldChange> between(JsonNode before, JsonNode after) {
        List<FieldChange> changes = new ArrayList<>();
        compare(List.of(), before, after, changes);
        return changes;
    }

    /** {@code spec.template.spec.containers[app].image}. */
    public String field() {
        StringBuilder text = new StringBuilder();
        for (String key : path) {
            if (!key.startsWith("[") && !text.isEmpty()) {
                text.append('.');
            }
            text.append(key.contains(".") && !key.startsWith("[") ? "\"%s\"".formatted(key) : key);
        }
        return text.toString();
    }

    /** Tells whether it is this field or one below it. */
    public boolean isBelow(String... keys) {
        return path.size() >= keys.length && path.subList(0, keys.length).equals(List.of(keys));
    }

    private static void compare(List<String> path, JsonNode before, JsonNode after, List<FieldChange> changes) {
        if (before.equals(after)) {
            return;
        }
        if (before instanceof ObjectNode && after instanceof ObjectNode) {
            TreeSet<String> keys = new TreeSet<>();
            before.fieldNames().forEachRemaining(keys::add);
            after.fieldNames().forEachRemaining(keys::add);
            keys.forEach(key -> compare(below(path, key), before.path(key), after.path(key), changes));
        } else if (before.isArray() && after.isArray() && isNamed(before) && isNamed(after)) {
            Map<String, JsonNode> old = named(before);
            Map<String, JsonNode> young = named(after);
            TreeSet<String> names = new TreeSet<>(old.keySet());
            names.addAll(young.keySet());
            int found = changes.size();
            names.forEach(name -> compare(
                    below(path, "[%s]".formatted(name)),
                    old.getOrDefault(name, before.path(-1)),
                    young.getOrDefault(name, before.path(-1)),
                    changes));
            if (changes.size() == found) {
                changes.add(new FieldChange(path, before, after)); // the same items in another order
            }
        } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
            for (int index = 0; index < before.size(); index++) {
                compare(below(path, "[%d]".formatted(index)), before.path(index), after.path(index), changes);
            }
        } else {
            changes.add(new FieldChange(path, before, after));
        }
    }

    private static List<String> below(List<String> path, String key) {
        List<String> longer = new ArrayList<>(path);
        longer.add(key);
        return longer;
    }

    private static boolean isNamed(JsonNode list) {
        return named(list).size() == list.size();
    }

    private static Map<String, JsonNode> named(JsonNode list) {
        Map<String, JsonNode> named = new LinkedHashMap<>();
        list.forEach(item -> {
            if (item.path("name").isTextual()) {
                named.put(item.path("name").asText(), item);
            }
        });
        return named;
    }
}
