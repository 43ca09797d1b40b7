package io.meshwright.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A path of a replacement: names between dots, numbers and {@code [key=value]} for items of lists, an asterisk for all
 * of them (kyaml/yaml/fns.go, PathGetter and PathMatcher).
 */
record KustomizePath(List<String> parts) {
    /** A field, or an item of a list, that can be written. */
    record Slot(JsonNode value, Consumer<JsonNode> write) {}

    /** Dots within brackets and behind a backslash part nothing. */
    static KustomizePath of(String written) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int depth = 0;
        for (int index = 0; index < written.length(); index++) {
            char letter = written.charAt(index);
            depth += letter == '[' ? 1 : letter == ']' ? -1 : 0;
            if (letter == '\\' && index + 1 < written.length() && written.charAt(index + 1) == '.') {
                part.append(written.charAt(++index));
            } else if (letter == '.' && depth == 0) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(letter);
            }
        }
        parts.add(part.toString());
        return new KustomizePath(List.copyOf(parts));
    }

    /** All that it leads to in an object; {@code creates} whether fields are made that are not there. */
    Stream<Slot> slots(ObjectNode object, boolean creates) {
        Stream<Slot> found = Stream.of(new Slot(object, none -> {}));
        for (int index = 0; index < parts.size(); index++) {
            String part = parts.get(index);
            boolean last = index == parts.size() - 1;
            found = found.flatMap(slot -> next(slot.value(), part, creates, last));
        }
        return found;
    }

    private static Stream<Slot> next(JsonNode parent, String part, boolean creates, boolean last) {
        if (parent instanceof ArrayNode list) {
            return IntStream.range(0, list.size())
                    .filter(index -> isMeant(list.get(index), index, part))
                    .mapToObj(index -> new Slot(list.get(index), value -> list.set(index, value)));
        }
        if (!(parent instanceof ObjectNode mapping)) {
            return Stream.empty();
        }
        if (part.equals("*")) {
            return mapping.properties().stream()
                    .map(entry -> new Slot(entry.getValue(), value -> mapping.set(entry.getKey(), value)));
        }
        if (mapping.has(part)) {
            return Stream.of(new Slot(mapping.path(part), value -> mapping.set(part, value)));
        }
        if (!creates) {
            return Stream.empty();
        }
        return Stream.of(new Slot(
                last ? MissingNode.getInstance() : mapping.putObject(part), value -> mapping.set(part, value)));
    }

    private static boolean isMeant(JsonNode item, int index, String part) {
        if (part.startsWith("[") && part.endsWith("]")) {
            String[] pair = part.substring(1, part.length() - 1).split("=", 2);
            JsonNode value = pair[0].isEmpty() ? item : item.path(pair[0]);
            return pair.length == 2 && value.isValueNode() && value.asText().equals(pair[1]);
        }
        return part.equals("*") || part.equals(Integer.toString(index));
    }
}
