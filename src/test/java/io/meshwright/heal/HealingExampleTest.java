package io.meshwright.heal;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.Checks;
import io.meshwright.check.Severity;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.alerts.Alert;
import io.meshwright.construct.observability.alerts.AlertCatalogue;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.Mesh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealingExampleTest {
    private static final Path EXAMPLE = Path.of("../examples/healing");

    @TempDir
    private Path folder;

    @Test
    void check_finds_no_error_in_the_example_and_each_account_has_the_rights_of_one_action() throws IOException {
        Reading reading = new ManifestReader().path(EXAMPLE).read();

        assertThat(Checks.run(reading, Mesh.of(reading.manifests()), Optional.empty()).all().stream()
                        .filter(finding -> finding.severity() == Severity.ERROR))
                .isEmpty();
        assertThat(reading.manifests().kind(Kind.DEPLOYMENT)).hasSize(3);
    }

    @Test
    void each_plan_is_one_of_trials_by_alerts_that_are_raised_and_with_an_action_of_its_own() throws IOException {
        Set<String> raised = AlertCatalogue.of(Samples.watched()).alerts().stream()
                .map(Alert::name)
                .collect(Collectors.toSet());
        List<HealingPlan> plans = new java.util.ArrayList<>();
        for (var map : new ManifestReader().path(EXAMPLE).read().manifests().kind(Kind.CONFIG_MAP)) {
            if (map.at("/data").has("plan.json")) {
                plans.add(HealingPlan.of(Files.writeString(
                        folder.resolve(map.name()),
                        map.at("/data").path("plan.json").asText())));
            }
        }

        assertThat(plans)
                .extracting(HealingPlan::action)
                .containsExactlyInAnyOrder("abortRollout", "evictPod", "moveMinimum");
        assertThat(plans).allSatisfy(plan -> {
            assertThat(plan.dryRun()).isTrue();
            assertThat(plan.targets()).allSatisfy(target -> assertThat(raised).containsAll(target.alerts()));
        });
    }
}
