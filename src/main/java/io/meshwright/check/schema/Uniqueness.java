package io.meshwright.check.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds items that may stand once only in a list that its schema calls a set or a map (kubernetes.io, merge strategy).
 */
final class Uniqueness {
    private Uniqueness() {}

    /** The items that repeat an earlier one; defaults are filled in already. */
    static List<Violation> of(JsonNode schema, JsonNode list, String pointer) {
        return switch (schema.path("x-kubernetes-list-type").asText("")) {
            case "set" -> repeated(list, List.of(), pointer, "it is in the list before");
            case "map" -> {
                List<String> keys = Fields.texts(schema.path("x-kubernetes-list-map-keys"));
                yield repeated(
                        list,
                        keys,
                        pointer,
                        "an item with the same %s is in the list before".formatted(String.join(" and ", keys)));
            }
            default -> List.of();
        };
    }

    private static List<Violation> repeated(JsonNode list, List<String> keys, String pointer, String message) {
        List<Violation> violations = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (int index = 0; index < list.size(); index++) {
            JsonNode item = list.get(index);
            Object identity =
                    keys.isEmpty() ? item : keys.stream().map(item::path).toList();
            if ((keys.isEmpty() || item.isObject()) && !seen.add(identity)) {
                violations.add(Violation.refused("%s/%d".formatted(pointer, index), message));
            }
        }
        return violations;
    }
}
