package io.meshwright.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Checks;
import io.meshwright.check.Finding;
import io.meshwright.check.Severity;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Findings in public repositories. {@code MESHWRIGHT_REPOSITORIES} names a folder with their work trees, each at the
 * commit that is recorded, in {@code OWNER/NAME}.
 */
class RepositoriesTest {
    private static final String VARIABLE = "MESHWRIGHT_REPOSITORIES";
    private static final Path FILE = Path.of("test/resources/repositories.yaml");

    /** A repository with its findings by code, and those of them that were judged. */
    record Repository(JsonNode written) {
        String name() {
            return written.path("name").asText();
        }

        Map<String, Integer> counts() {
            Map<String, Integer> counts = new TreeMap<>();
            Fields.entries(written.path("counts"))
                    .forEach(
                            entry -> counts.put(entry.getKey(), entry.getValue().asInt()));
            return counts;
        }

        List<JsonNode> judged() {
            return Fields.items(written.path("judged"));
        }

        @Override
        public String toString() {
            return name();
        }
    }

    static List<Repository> repositories() throws IOException {
        return Fields.items(ManifestReader.value(Files.readString(FILE))
                        .orElseThrow()
                        .path("repositories"))
                .stream()
                .map(Repository::new)
                .toList();
    }

    @BeforeAll
    static void tell() throws IOException {
        if (folder().isEmpty()) {
            System.err.printf(
                    "%d public repositories: skipped: %s names no folder with their work trees%n",
                    repositories().size(), VARIABLE);
        }
    }

    @Test
    void a_judgement_is_true_wrong_or_debatable_and_few_are_wrong() throws IOException {
        List<JsonNode> judged =
                repositories().stream().flatMap(each -> each.judged().stream()).toList();

        assertThat(judged)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.path("judgement").asText()).isIn("true", "wrong", "debatable"));
        assertThat(wrong(judged, Severity.ERROR)).as("errors that are wrong").isLessThanOrEqualTo(0.02);
        assertThat(wrong(judged, Severity.WARNING))
                .as("warnings that are wrong")
                .isLessThanOrEqualTo(0.05);
    }

    private static double wrong(List<JsonNode> judged, Severity severity) {
        List<String> judgements = judged.stream()
                .filter(each -> each.path("severity").asText().equals(severity.word()))
                .map(each -> each.path("judgement").asText())
                .toList();
        return judgements.stream().filter("wrong"::equals).count() / (double) Math.max(1, judgements.size());
    }

    @ParameterizedTest
    @MethodSource("repositories")
    void finds_what_was_recorded(Repository repository) {
        Optional<Path> folder = folder();
        assumeThat(folder).isPresent();
        Path tree = folder.orElseThrow().resolve(repository.name());
        List<Finding> found = Checks.run(new ManifestReader().path(tree).read(), Optional.empty())
                .all();

        Map<String, Integer> counts = new TreeMap<>();
        found.forEach(finding -> counts.merge(
                "%s %s".formatted(finding.severity().word(), finding.rule().code()), 1, Integer::sum));
        assertThat(counts).isEqualTo(repository.counts());
        assertThat(repository.judged().stream().map(RepositoriesTest::words))
                .isSubsetOf(
                        found.stream().flatMap(finding -> words(tree, finding)).toList());
    }

    private static Optional<Path> folder() {
        return Optional.ofNullable(System.getenv(VARIABLE)).map(Path::of).filter(Files::isDirectory);
    }

    private static String words(JsonNode judged) {
        return "%s %s".formatted(judged.path("at").asText(), judged.path("code").asText());
    }

    private static Stream<String> words(Path tree, Finding finding) {
        String file = tree.toAbsolutePath()
                .relativize(Path.of(finding.place().file()).toAbsolutePath())
                .toString();
        return Stream.of("%s:%d %s"
                .formatted(
                        file.replace('\\', '/'),
                        finding.place().line(),
                        finding.rule().code()));
    }
}
