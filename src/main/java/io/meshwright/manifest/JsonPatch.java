package io.meshwright.manifest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A JSON Patch (RFC 6902); an operation that does not fit is left out. */
final class JsonPatch {
    private JsonPatch() {}

    static void apply(ObjectNode target, JsonNode operations) {
        for (JsonNode operation : operations) {
            // Kustomize refuses a path that is no pointer, which is for it to say.
            if (isPointer(operation.path("path")) && isPointer(operation.path("from"))) {
                apply(target, operation.path("op").asText(""), operation);
            }
        }
    }

    private static boolean isPointer(JsonNode path) {
        String text = path.asText("");
        return text.isEmpty() || text.startsWith("/");
    }

    private static void apply(ObjectNode target, String operation, JsonNode body) {
        JsonPointer path = JsonPointer.compile(body.path("path").asText(""));
        switch (operation) {
            case "add" -> put(target, path, body.path("value").deepCopy(), true);
            case "replace" -> put(target, path, body.path("value").deepCopy(), false);
            case "remove" -> remove(target, path);
            case "copy", "move" -> {
                JsonPointer from = JsonPointer.compile(body.path("from").asText(""));
                JsonNode value = target.at(from).deepCopy();
                if (operation.equals("move")) {
                    remove(target, from);
                }
                put(target, path, value, true);
            }
            default -> {}
        }
    }

    private static void put(ObjectNode target, JsonPointer path, JsonNode value, boolean insert) {
        if (path.matches() || value.isMissingNode()) {
            return;
        }
        JsonNode parent = target.at(path.head());
        String key = path.last().getMatchingProperty();
        if (parent instanceof ObjectNode mapping) {
            mapping.set(key, value);
        } else if (parent instanceof ArrayNode list) {
            int index = key.equals("-") ? list.size() : path.last().getMatchingIndex();
            if (insert && index >= 0 && index <= list.size()) {
                list.insert(index, value);
            } else if (!insert && index >= 0 && index < list.size()) {
                list.set(index, value);
            }
        }
    }

    private static void remove(ObjectNode target, JsonPointer path) {
        if (path.matches()) {
            return;
        }
        JsonNode parent = target.at(path.head());
        if (parent instanceof ObjectNode mapping) {
            mapping.remove(path.last().getMatchingProperty());
        } else if (parent instanceof ArrayNode list) {
            list.remove(path.last().getMatchingIndex());
        }
    }
}
