package io.meshwright.stack.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The annotations of one object as cdk8s writes it, changed in its text so that every other line stays as it is. */
final class Annotations {
    private static final String METADATA = "metadata:";
    private static final String HEAD = "  annotations:";
    private static final String ENTRY = "    ";

    private final List<String> before = new ArrayList<>();
    private final SortedMap<String, String> entries = new TreeMap<>();
    private final List<String> after = new ArrayList<>();

    private Annotations() {}

    static Annotations of(String text) {
        Annotations annotations = new Annotations();
        List<String> lines = text.lines().toList();
        int metadata = lines.indexOf(METADATA);
        int head = metadata;
        while (head >= 0 && ++head < lines.size() && !lines.get(head).equals(HEAD)) {
            if (!lines.get(head).startsWith(" ")) {
                head = -1;
                break;
            }
        }
        if (head < 0 || head == lines.size()) {
            annotations.before.addAll(lines.subList(0, metadata + 1));
            annotations.after.addAll(lines.subList(metadata + 1, lines.size()));
            return annotations;
        }
        annotations.before.addAll(lines.subList(0, head));
        int end = head + 1;
        while (end < lines.size()
                && (lines.get(end).startsWith(ENTRY) || lines.get(end).isBlank())) {
            end++;
        }
        annotations.read(lines.subList(head + 1, end));
        annotations.after.addAll(lines.subList(end, lines.size()));
        return annotations;
    }

    private void read(List<String> lines) {
        String key = "";
        for (String line : lines) {
            boolean begins = line.startsWith(ENTRY) && !line.startsWith(ENTRY.concat(" ")) && !line.isBlank();
            key = begins ? line.strip().replaceFirst("^\"?([^\":]+)\"?:( .*|$)", "$1") : key;
            entries.merge(key, line.concat("\n"), String::concat);
        }
    }

    /** The value that stands behind a key on its line, without quotes. */
    Optional<String> value(String key) {
        return Optional.ofNullable(entries.get(key))
                .map(entry -> entry.substring(entry.indexOf(": ") + 2).strip().replaceFirst("^\"(.*)\"$", "$1"));
    }

    void remove(String key) {
        entries.remove(key);
    }

    void put(String key, String word) {
        entries.put(key, "%s%s: %s\n".formatted(ENTRY, key, word));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        before.forEach(line -> text.append(line).append('\n'));
        if (!entries.isEmpty()) {
            text.append(HEAD).append('\n');
            entries.values().forEach(text::append);
        }
        after.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
