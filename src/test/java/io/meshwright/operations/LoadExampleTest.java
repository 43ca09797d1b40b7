package io.meshwright.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import io.meshwright.check.Checks;
import io.meshwright.check.Severity;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.Mesh;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The manifest of the resilience test's load, which people change and apply by hand. */
class LoadExampleTest {
    private static final Reading READING = new ManifestReader()
            .path(Path.of("../examples/load"))
            .path(Fixtures.dist().resolve("homelab"))
            .read();

    @Test
    void has_no_finding_beside_a_platform() {
        assertThat(Checks.run(READING, Mesh.of(READING.manifests()), Optional.empty())
                        .all())
                .filteredOn(finding -> finding.place().file().contains("examples/load"))
                .filteredOn(finding -> finding.severity() != Severity.INFO)
                .isEmpty();
    }

    @Test
    void ends_by_itself_and_is_asked_for_in_the_page() throws Exception {
        Manifest job = READING.manifests().find(Kind.JOB, "load", "load").orElseThrow();

        assertThat(job.at("/spec/activeDeadlineSeconds").asInt()).isEqualTo(2400);
        assertThat(job.at("/spec/backoffLimit").asInt(-1)).isZero();
        assertThat(Files.readString(Path.of("../docs/operations.md"))).contains("(../examples/load/load.yaml)");
    }
}
