package io.meshwright.house.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** NullAway watches what is marked: a package without the mark would be one in which null is nobody's concern. */
class NullMarkedTest {
    private static final Path MAIN = Path.of("main/java");
    private static final Pattern MARKED = Pattern.compile("(?m)^@NullMarked$");
    private static final Pattern EXCEPTED = Pattern.compile("@NullUnmarked|@SuppressWarnings\\([^)]*\"NullAway");

    @Test
    void is_every_package() throws IOException {
        Set<Path> unmarked = sources().map(Path::getParent).collect(Collectors.toCollection(TreeSet::new));
        assertThat(unmarked).hasSizeGreaterThan(80);

        sources()
                .filter(file -> file.endsWith("package-info.java")
                        && MARKED.matcher(text(file)).find())
                .forEach(file -> unmarked.remove(file.getParent()));

        assertThat(unmarked).isEmpty();
    }

    @Test
    void and_nothing_in_it_is_excepted() throws IOException {
        assertThat(sources().filter(file -> EXCEPTED.matcher(text(file)).find()))
                .isEmpty();
    }

    private static Stream<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
