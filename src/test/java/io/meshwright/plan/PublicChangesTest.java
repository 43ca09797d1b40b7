package io.meshwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Finding;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.Risk;
import io.meshwright.plan.side.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes of public repositories, and what people had to say about them afterwards. */
class PublicChangesTest {
    private static final Path FOLDER = Path.of("test/resources/plan/public");

    @ParameterizedTest
    @MethodSource("changes")
    void a_plan_names_what_people_named_afterwards_and_nothing_else(JsonNode row) {
        Plan plan = plan(row);

        assertThat(plan.risk().word()).isEqualTo(row.path("risk").asText());
        assertThat(plan.changes().stream()
                        .filter(change -> change.risk().isAtLeast(Risk.REVIEW))
                        .map(Change::toString))
                .containsExactlyInAnyOrderElementsOf(Fields.texts(row.path("says")));
        assertThat(plan.asBefore().errors().stream().map(PublicChangesTest::told))
                .containsExactlyInAnyOrderElementsOf(Fields.texts(row.path("still")));
    }

    @Test
    void every_pair_of_files_has_its_row() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            assertThat(folders.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            changes().map(row -> row.path("change").asText()).toList());
        }
    }

    private static Stream<JsonNode> changes() {
        return StreamSupport.stream(PlanEdits.table("public/changes.yaml").spliterator(), false);
    }

    private static Plan plan(JsonNode row) {
        Path folder = FOLDER.resolve(row.path("change").asText());
        return Plan.between("", side(folder.resolve("base.yaml")), side(folder.resolve("head.yaml")), List.of());
    }

    private static Side side(Path file) {
        try {
            return Side.of(
                    "mesh.yaml",
                    new ManifestReader()
                            .text("mesh.yaml", Files.readString(file))
                            .read(),
                    Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String told(Finding finding) {
        return "%s %s: %s".formatted(finding.rule().code(), finding.object(), finding.message());
    }
}
