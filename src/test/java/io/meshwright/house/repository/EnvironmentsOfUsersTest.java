package io.meshwright.house.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whoever edits or removes an environment of the repository breaks none but the tests whose names say that they look
 * there; all others have {@link io.meshwright.Fixtures}.
 */
class EnvironmentsOfUsersTest {
    private static final Set<String> WITH_THEM = Set.of(
            // Dist is what they say, whatever they say: EditedEnvironmentsTest.
            "GoldenTest",
            // Where they are, and this rule.
            "Repository",
            "EnvironmentsOfUsersTest");
    private static final Pattern LOOKED_AT = Pattern.compile("Repository\\.(ENVIRONMENTS|DIST|environments)\\b"
            + "|\"\\.\\./(dist|environments)\\b|ROOT\\.resolve\\(\"(dist|environments)\\b"
            + "|\"docs/(posture|routes|runbooks|upgrade|monitoring)/");

    @Test
    void are_looked_at_by_tests_that_say_so() throws IOException {
        List<String> looking = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of("test/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                String name = source.getFileName().toString().replace(".java", "");
                if (!WITH_THEM.contains(name)
                        && LOOKED_AT.matcher(Files.readString(source)).find()) {
                    looking.add(name);
                }
            }
        }

        assertThat(looking).as("tests that want io.meshwright.Fixtures").isEmpty();
    }

    /** The rehearsals deliver the repository's own dist, which is their purpose; each says so by its package. */
    @Test
    void are_delivered_by_rehearsals() throws IOException {
        assertThat(Files.readString(Path.of("test/java/io/meshwright/rehearsal/Dist.java")))
                .contains("resolve(\"environments\")");
    }
}
