package io.meshwright.house.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A Javadoc begins with a noun for what it is or a verb for what it does, which is what a reader searches for. */
class JavadocTest {
    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*\\s*(?:\\* )?(?<first>\\S+)[^\\n]*");
    private static final Pattern QUESTION = Pattern.compile("What|Whether|Where|Who|Whom|Whose|Which|When|How");

    @Test
    void a_question_is_found() {
        assertThat(questions("/** What it does. */ /** Sends it. */\n    /**\n     * Whether it goes.\n     */"))
                .containsExactly("/** What it does. */ /** Sends it. */", "/**\n     * Whether it goes.");
        assertThat(questions("/** Whatever comes. */ /* What */ // What")).isEmpty();
    }

    @Test
    void none_begins_with_a_question() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files =
                Stream.concat(Files.walk(Path.of("main/java")), Files.walk(Path.of("../builders/src/main/java")))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).hasSizeGreaterThan(500);
            for (Path source : sources) {
                questions(Files.readString(source))
                        .forEach(question -> found.add("%s: %s".formatted(source, question)));
            }
        }

        assertThat(found).isEmpty();
    }

    private static List<String> questions(String source) {
        return JAVADOC.matcher(source)
                .results()
                .filter(doc -> QUESTION.matcher(doc.group(1)).matches())
                .map(doc -> doc.group())
                .toList();
    }
}
