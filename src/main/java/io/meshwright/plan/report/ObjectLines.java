package io.meshwright.plan.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.plan.object.FieldChange;
import io.meshwright.plan.object.ObjectChange;
import io.meshwright.plan.object.Redaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The objects of a plan in lines, without what may be secret. */
public final class ObjectLines {
    private static final int FIELDS = 12;
    private static final int TEXT_LINES = 6;

    private ObjectLines() {}

    /**
     * One object, or those of one file that lie in one other file now.
     *
     * @param subject the identity of the object, or how many they are
     */
    public record Entry(String sign, String word, String subject, List<String> details) {}

    private static Entry entry(ObjectChange change) {
        return new Entry(sign(change), word(change), change.id().toString(), details(change));
    }

    /** In their order, those that only lie elsewhere behind the others. */
    public static List<Entry> entries(List<ObjectChange> changes) {
        List<Entry> entries = new ArrayList<>();
        Map<List<String>, List<ObjectChange>> moved = new TreeMap<>(Comparator.comparing(String::valueOf));
        for (ObjectChange change : changes) {
            if (change instanceof ObjectChange.Moved each) {
                moved.computeIfAbsent(details(each), none -> new ArrayList<>(1)).add(each);
            } else {
                entries.add(entry(change));
            }
        }
        moved.forEach((way, objects) -> entries.add(
                objects.size() == 1
                        ? entry(objects.get(0))
                        : new Entry("=", "moved", "%d objects".formatted(objects.size()), way)));
        return entries;
    }

    /** {@code +}, {@code -}, {@code ~}, and {@code =} for what only lies elsewhere. */
    private static String sign(ObjectChange change) {
        return switch (word(change)) {
            case "added" -> "+";
            case "removed" -> "-";
            case "moved" -> "=";
            default -> "~";
        };
    }

    static String word(ObjectChange change) {
        if (change instanceof ObjectChange.Added) {
            return "added";
        } else if (change instanceof ObjectChange.Removed) {
            return "removed";
        } else if (change instanceof ObjectChange.Renamed) {
            return "renamed";
        } else if (change instanceof ObjectChange.Moved) {
            return "moved";
        }
        return "changed";
    }

    /** Returns the lines about it besides its identity. */
    private static List<String> details(ObjectChange change) {
        if (change instanceof ObjectChange.Renamed renamed) {
            return List.of("was %s: for a cluster, that is removed and this is added".formatted(renamed.from()));
        } else if (change instanceof ObjectChange.Moved moved) {
            return List.of("%s → %s".formatted(moved.from(), moved.to()));
        } else if (change instanceof ObjectChange.Changed changed) {
            List<String> lines = new ArrayList<>();
            changed.fields().stream().limit(FIELDS).forEach(field -> lines.addAll(lines(changed, field)));
            if (changed.fields().size() > FIELDS) {
                lines.add("and %d fields more".formatted(changed.fields().size() - FIELDS));
            }
            return lines;
        }
        return List.of();
    }

    /** One field; of a text of many lines, the lines that only one side has. */
    static List<String> lines(ObjectChange.Changed changed, FieldChange field) {
        String before = Redaction.value(changed.id().kind(), field, field.before());
        String after = Redaction.value(changed.id().kind(), field, field.after());
        List<String> lines = new ArrayList<>();
        boolean hidden = before.equals(after);
        lines.add(
                hidden
                        ? "%s: %s, another value".formatted(field.field(), before)
                        : "%s: %s → %s".formatted(field.field(), before, after));
        if (isText(field.before()) && isText(field.after()) && !Redaction.isHidden(before)) {
            lines.addAll(differing(field.before().asText(), field.after().asText()));
        }
        if (field.before().isArray() && field.after().isArray() && !hidden) {
            return items(changed, field);
        }
        return lines;
    }

    /** Of a list that is longer or shorter, the items that only one side has. */
    private static List<String> items(ObjectChange.Changed changed, FieldChange field) {
        List<JsonNode> old = Fields.items(field.before());
        List<JsonNode> young = Fields.items(field.after());
        List<String> lines = new ArrayList<>();
        boolean reordered = only(old, young).findAny().isEmpty()
                && only(young, old).findAny().isEmpty();
        lines.add(
                reordered
                        ? "%s: the same items in another order".formatted(field.field())
                        : "%s: %d items → %d items".formatted(field.field(), old.size(), young.size()));
        Stream.concat(
                        only(old, young)
                                .map(item -> "  - "
                                        .concat(Redaction.value(changed.id().kind(), field, item))),
                        only(young, old)
                                .map(item -> "  + "
                                        .concat(Redaction.value(changed.id().kind(), field, item))))
                .limit(TEXT_LINES)
                .forEach(lines::add);
        return lines;
    }

    private static Stream<JsonNode> only(List<JsonNode> items, List<JsonNode> others) {
        return items.stream().filter(item -> !others.contains(item));
    }

    private static boolean isText(JsonNode node) {
        return node.isTextual() && node.asText().contains("\n");
    }

    private static List<String> differing(String before, String after) {
        Set<String> old = new TreeSet<>(before.lines().toList());
        Set<String> young = new TreeSet<>(after.lines().toList());
        List<String> lines = Stream.concat(
                        before.lines()
                                .filter(line -> !young.contains(line))
                                .map(line -> "  - ".concat(Redaction.line(line))),
                        after.lines()
                                .filter(line -> !old.contains(line))
                                .map(line -> "  + ".concat(Redaction.line(line))))
                .toList();
        if (lines.size() <= TEXT_LINES) {
            return lines;
        }
        List<String> first = new ArrayList<>(lines.subList(0, TEXT_LINES));
        first.add("  and %d lines more".formatted(lines.size() - TEXT_LINES));
        return first;
    }
}
