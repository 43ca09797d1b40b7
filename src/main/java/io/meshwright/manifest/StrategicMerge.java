package io.meshwright.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A strategic merge patch: mappings are merged, lists of Kubernetes' own kinds by their key, other lists replaced
 * (k8s.io/apimachinery strategicpatch); of other groups every list is replaced, as in a JSON merge patch (RFC 7386).
 */
final class StrategicMerge {
    private static final String DIRECTIVE = "$patch";
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("ephemeralContainers", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("ports", List.of("containerPort", "port")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey")),
            Map.entry("webhooks", List.of("name")));
    private static final Set<String> KNOWN =
            Set.of("", "apps", "batch", "autoscaling", "policy", "admissionregistration.k8s.io");

    private final boolean byKey;

    StrategicMerge(Kind kind) {
        this.byKey = KNOWN.contains(kind.group());
    }

    /** Tells whether the patch takes the object out. */
    static boolean deletes(JsonNode patch) {
        return patch.path(DIRECTIVE).asText("").equals("delete");
    }

    private static boolean isReplacing(JsonNode patch) {
        return patch.path(DIRECTIVE).asText("").equals("replace");
    }

    ObjectNode merge(ObjectNode target, JsonNode patch) {
        if (isReplacing(patch)) {
            ObjectNode whole = patch.deepCopy();
            whole.remove(DIRECTIVE);
            return whole;
        }
        for (Map.Entry<String, JsonNode> entry : Fields.entries(patch)) {
            JsonNode value = entry.getValue();
            if (entry.getKey().startsWith("$")) {
                continue;
            }
            if (value.isNull() || deletes(value)) {
                target.remove(entry.getKey());
            } else if (value.isObject() && target.path(entry.getKey()) instanceof ObjectNode there) {
                target.set(entry.getKey(), merge(there, value));
            } else if (value instanceof ArrayNode items && target.path(entry.getKey()) instanceof ArrayNode there) {
                target.set(entry.getKey(), list(entry.getKey(), there, items));
            } else {
                target.set(entry.getKey(), value.deepCopy());
            }
        }
        return target;
    }

    private JsonNode list(String name, ArrayNode target, ArrayNode patch) {
        List<JsonNode> items = Fields.items(patch);
        // An item that says nothing else speaks of the whole list.
        if (items.stream().anyMatch(item -> item.size() == 1 && isReplacing(item))) {
            ArrayNode whole = patch.arrayNode();
            items.stream().filter(item -> !isReplacing(item)).forEach(item -> whole.add(item.deepCopy()));
            return whole;
        }
        Optional<String> key = byKey
                ? KEYS.getOrDefault(name, List.of()).stream()
                        .filter(candidate -> Fields.items(patch).stream().allMatch(item -> item.has(candidate)))
                        .findFirst()
                : Optional.empty();
        if (key.isEmpty()) {
            return patch.deepCopy();
        }
        for (JsonNode item : patch) {
            merge(target, item, key.get());
        }
        return target;
    }

    private void merge(ArrayNode target, JsonNode item, String key) {
        for (int index = 0; index < target.size(); index++) {
            if (target.get(index).path(key).equals(item.path(key)) && target.get(index) instanceof ObjectNode there) {
                if (deletes(item)) {
                    target.remove(index);
                } else {
                    target.set(index, merge(there, item));
                }
                return;
            }
        }
        if (!deletes(item)) {
            target.add(item.deepCopy());
        }
    }
}
