package io.meshwright.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Verdicts;
import io.meshwright.file.Clusters;
import io.meshwright.file.SideFlaws;
import io.meshwright.file.SideSource;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.plan.change.Risk;
import io.meshwright.plan.git.GitFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Changes of public repositories as they stand in git, in the whole tree around them. {@code MESHWRIGHT_REPOSITORIES}
 * names a folder with the repositories and their history, in {@code OWNER/NAME}.
 */
class PublicTreesTest {
    private static final String VARIABLE = "MESHWRIGHT_REPOSITORIES";

    @BeforeAll
    static void tell() {
        if (folder().isEmpty()) {
            System.err.printf(
                    "%d changes of public repositories: skipped: %s names no folder with these and their history%n",
                    changes().count(), VARIABLE);
        }
    }

    @Test
    void each_change_is_judged_by_what_its_mending_named() {
        assertThat(changes()).hasSizeGreaterThanOrEqualTo(10).allSatisfy(change -> {
            assertThat(change.path("judgement").asText()).isIn("named", "named otherwise", "not named");
            assertThat(change.path("says").isEmpty() && change.path("still").isEmpty())
                    .isEqualTo(change.path("judgement").asText().equals("not named"));
        });
    }

    @ParameterizedTest
    @MethodSource("changes")
    void a_plan_names_what_its_mending_named(JsonNode change) throws IOException {
        assumeThat(folder()).isPresent();
        Path repository =
                folder().orElseThrow().resolve(change.path("repository").asText());
        assumeThat(repository).isDirectory();
        try (GitFolder git = GitFolder.around(repository.toRealPath())) {
            String commit = change.path("commit").asText();
            Path manifests = Path.of(change.path("folder").asText());
            SideSource base = side(git, git.commit(commit.concat("^")), manifests);
            SideSource head = side(git, git.commit(commit), manifests);
            assertThat(SideFlaws.of(base, head).refused()).isEmpty();
            Clusters clusters = Clusters.of(base, head);
            List<Plan> plans = Plan.all(
                    clusters.base().sides(List.of(), Optional.empty(), Verdicts.shared()),
                    clusters.head().sides(List.of(), Optional.empty(), Verdicts.shared()),
                    List.of());

            assertThat(plans.stream().flatMap(PublicTreesTest::told).toList())
                    .containsAll(Fields.texts(change.path("says")))
                    .containsAll(Fields.texts(change.path("still")));
            assertThat(Risk.highest(plans.stream().map(Plan::risk).toList()).word())
                    .isEqualTo(change.path("risk").asText());
        }
    }

    private static SideSource side(GitFolder git, RevCommit commit, Path manifests) throws IOException {
        return SideSource.ofRevision(git, "", commit, manifests, ManifestReader::new)
                .orElseThrow();
    }

    private static Stream<String> told(Plan plan) {
        Stream<String> still = plan.asBefore().errors().stream()
                .map(error -> "%s %s: %s".formatted(error.rule().code(), error.object(), error.message()));
        return Stream.concat(plan.changes().stream().map(change -> change.toString()), still)
                .map(line -> plan.environment().isEmpty() ? line : "%s (%s)".formatted(line, plan.environment()));
    }

    private static Optional<Path> folder() {
        return Optional.ofNullable(System.getenv(VARIABLE)).map(Path::of).filter(Files::isDirectory);
    }

    private static Stream<JsonNode> changes() {
        return StreamSupport.stream(PlanEdits.table("public/trees.yaml").spliterator(), false);
    }
}
