package io.meshwright.construct.delivery.flux;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.construct.delivery.sync.IgnoredDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fields that controllers write, as JSON Pointers: Flux has no expressions, so each item of a list stands by its
 * number. An object of Git is asked which items there are; of a chart's objects the first ones are named, because a
 * pointer to an item that is not there does no harm.
 */
public final class Pointers {
    /** More than any webhook configuration of our charts has. */
    private static final int ITEMS = 10;

    private static final Pattern STEP = Pattern.compile(
            "\\.(?<key>\\w+)(?<items>\\[]\\??)?|\\[\"(?<quoted>[^\"]+)\"]|\\s*\\|\\s*select\\((?<test>[^)]*)\\)\\s*(\\|\\s*)?");
    private static final Pattern WANTED = Pattern.compile("\\.(\\w+) == \"([^\"]*)\"");

    private Pointers() {}

    /** For an object of a chart, which is not at hand. */
    public static IgnoreRule ofChart(IgnoredDifference ignored) {
        return rule(ignored, null);
    }

    /** For an object of Git. */
    public static IgnoreRule of(IgnoredDifference ignored, JsonNode object) {
        return rule(ignored, object);
    }

    private static IgnoreRule rule(IgnoredDifference ignored, @Nullable JsonNode object) {
        return new IgnoreRule(
                ignored.paths().stream()
                        .flatMap(path -> pointers(path, object).stream())
                        .flatMap(pointer -> object == null
                                ? Stream.of(pointer)
                                : written(pointer, object, isOfKubernetes(ignored.group())))
                        .distinct()
                        .toList(),
                new IgnoreRule.Target(
                        ignored.group(),
                        ignored.kind(),
                        ignored.name(),
                        ignored.namespace().orElse(null)));
    }

    /** Lists of custom resources have no keys, so that whoever applies one applies all of it. */
    private static boolean isOfKubernetes(String group) {
        return group.indexOf('.') < 0 || group.endsWith(".k8s.io");
    }

    /**
     * Flux replaces a field in Git's object by the live one, and fails where Git's has none. Such a field is nobody's
     * but the controller's in a kind of Kubernetes itself; elsewhere it stays with the closest one above it that Git
     * has.
     */
    private static Stream<String> written(String pointer, JsonNode object, boolean ofKubernetes) {
        if (!object.at(pointer).isMissingNode()) {
            return Stream.of(pointer);
        }
        String above = pointer;
        while (object.at(above).isMissingNode()) {
            above = above.substring(0, above.lastIndexOf('/'));
        }
        return ofKubernetes ? Stream.empty() : Stream.of(above);
    }

    private static List<String> pointers(String expression, @Nullable JsonNode object) {
        List<String> pointers = new ArrayList<>(List.of(""));
        Matcher step = STEP.matcher(expression);
        int at = 0;
        while (at < expression.length()) {
            if (!step.find(at) || step.start() != at) {
                throw new IllegalArgumentException("path: \"%s\" is none that Flux can be told".formatted(expression));
            }
            at = step.end();
            if (step.group("test") != null) {
                if (step.group("test").contains(".key ==")) {
                    return wholeLists(pointers);
                }
                pointers = chosen(pointers, step.group("test"), object);
                continue;
            }
            String key = step.group("key") == null ? step.group("quoted") : step.group("key");
            String below = "/%s".formatted(key.replace("~", "~0").replace("/", "~1"));
            boolean items = step.group("items") != null;
            pointers = pointers.stream()
                    .map(pointer -> pointer.concat(below))
                    .flatMap(pointer -> items ? items(pointer, object) : Stream.of(pointer))
                    .toList();
        }
        return pointers;
    }

    private static Stream<String> items(String list, @Nullable JsonNode object) {
        int number = object == null ? ITEMS : object.at(list).size();
        return IntStream.range(0, number).mapToObj(item -> "%s/%d".formatted(list, item));
    }

    /** Those items that the object has under these names; of a chart's the only one, where a name chooses. */
    private static List<String> chosen(List<String> items, String test, @Nullable JsonNode object) {
        if (object == null) {
            return items;
        }
        List<String[]> wanted = WANTED.matcher(test)
                .results()
                .map(found -> new String[] {found.group(1), found.group(2)})
                .toList();
        return items.stream()
                .filter(item -> wanted.stream()
                        .anyMatch(want -> object.at(item).path(want[0]).asText().equals(want[1])))
                .toList();
    }

    /** Leaves the whole list alone: what admission adds to it is not told apart from the rest by a pointer. */
    private static List<String> wholeLists(List<String> items) {
        return items.stream()
                .map(item -> item.substring(0, item.lastIndexOf('/')))
                .distinct()
                .toList();
    }
}
