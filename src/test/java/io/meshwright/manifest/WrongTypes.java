package io.meshwright.manifest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Puts values of other types into objects, at any path. */
public final class WrongTypes {
    private WrongTypes() {}

    /** Every path of a document but its root, from the top down. */
    public static List<JsonPointer> paths(JsonNode document) {
        List<JsonPointer> paths = new ArrayList<>();
        collect(document, JsonPointer.empty(), paths);
        return paths;
    }

    private static void collect(JsonNode node, JsonPointer at, List<JsonPointer> paths) {
        for (int index = 0; index < node.size() && node.isArray(); index++) {
            paths.add(at.appendIndex(index));
            collect(node.get(index), at.appendIndex(index), paths);
        }
        node.properties().forEach(field -> {
            paths.add(at.appendProperty(field.getKey()));
            collect(field.getValue(), at.appendProperty(field.getKey()), paths);
        });
    }

    /** A copy of the document with another value at one of its paths. */
    public static JsonNode broken(JsonNode document, JsonPointer at, JsonNode wrong) {
        JsonNode copy = document.deepCopy();
        JsonNode parent = copy.at(at.head());
        if (parent instanceof ObjectNode object) {
            object.set(at.last().getMatchingProperty(), wrong);
        } else {
            ((ArrayNode) parent).set(at.last().getMatchingIndex(), wrong);
        }
        return copy;
    }
}
