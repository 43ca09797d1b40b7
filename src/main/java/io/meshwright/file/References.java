package io.meshwright.file;

import io.meshwright.environment.Environment;
import io.meshwright.environment.key.Key;
import io.meshwright.environment.key.KeyTree;
import io.meshwright.environment.reader.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells a reader where there is more about keys: on the page that {@code keys} wrote, else by {@code explain}. */
public final class References {
    /** The program's name, by which an installed one is started. */
    public static final String PROGRAM = "meshwright";

    private static final int MOST = 5;

    private final Path docs;
    private final String program;

    /** @param program how the user starts it */
    public References(Path docs, String program) {
        this.docs = docs;
        this.program = program;
    }

    /** One line for each key that is wrong, or one for all where these are many. */
    public List<String> of(List<Problem> problems) {
        if (problems.stream().allMatch(problem -> problem.key().isEmpty())) {
            return List.of();
        }
        KeyTree tree = KeyTree.of(Environment.class);
        List<String> places = problems.stream()
                .flatMap(problem -> nearest(tree, problem.key()))
                .map(key -> page(tree, key).orElseGet(() -> "%s explain %s".formatted(program, shown(key))))
                .distinct()
                .toList();
        if (places.size() <= MOST) {
            return places.stream().map("see: "::concat).toList();
        }
        Path index = docs.resolve("reference/README.md");
        return List.of("see: %s".formatted(Files.exists(index) ? index : "%s explain KEY".formatted(program)));
    }

    /** The page and place that describe a key, if the page was written. */
    public Optional<String> page(KeyTree tree, Key key) {
        Path place = docs.resolve("reference").resolve(tree.place(key));
        Path page = place.resolveSibling(place.getFileName().toString().replaceFirst("#.*", ""));
        return Files.exists(page) ? Optional.of(place.toString()) : Optional.empty();
    }

    /** An unknown key has the page of the mapping that it stands in. */
    private static Stream<Key> nearest(KeyTree tree, String path) {
        for (String asked = path; !asked.isEmpty(); asked = above(asked)) {
            List<Key> found = tree.find(asked);
            if (!found.isEmpty()) {
                return Stream.of(isItem(found.get(0)) ? found.get(0).above().orElseThrow() : found.get(0));
            }
        }
        return Stream.empty();
    }

    private static boolean isItem(Key key) {
        return key.step().equals(Key.ITEM);
    }

    private static String above(String path) {
        int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return end < 0 ? "" : path.substring(0, end);
    }

    /** As a shell takes it without changing it. */
    private static String shown(Key key) {
        String path = key.path();
        return path.matches("[\\w.-]+") ? path : "'%s'".formatted(path);
    }
}
