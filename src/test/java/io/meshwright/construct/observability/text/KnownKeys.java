package io.meshwright.construct.observability.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Names of settings that a program reads, from a list below {@code observability/keys}: for programs that cannot be
 * asked themselves, and that pass over a misspelt name.
 */
public final class KnownKeys {
    private final Set<String> names;

    private KnownKeys(Set<String> names) {
        this.names = names;
    }

    public static KnownKeys of(String program) {
        try (var text = KnownKeys.class.getResourceAsStream("/observability/keys/%s.txt".formatted(program))) {
            return new KnownKeys(new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toCollection(TreeSet::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The list. */
    public Set<String> names() {
        return names;
    }

    /** Every key that holds a value, with those above it and without the places in lists: {@code a.b.c}. */
    public static Set<String> in(JsonNode config) {
        Set<String> keys = new TreeSet<>();
        collect("", config, keys);
        return keys;
    }

    private static void collect(String path, JsonNode node, Set<String> keys) {
        if (node.isObject()) {
            node.fields()
                    .forEachRemaining(entry -> collect(
                            path.isEmpty() ? entry.getKey() : "%s.%s".formatted(path, entry.getKey()),
                            entry.getValue(),
                            keys));
        } else if (node.isArray()) {
            node.forEach(element -> collect(path, element, keys));
        } else {
            keys.add(path);
        }
    }
}
