package io.meshwright.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Guards against work that grows with the square of the documents; docs/speed.md says how to measure. */
class SpeedTest {
    /** Some ten times what a machine with two idle processors needs, so that only a loss of order fails. */
    private static final Duration GENEROUS = Duration.ofSeconds(60);

    @Test
    void ten_thousand_documents_are_checked_in_time() {
        ManifestReader reader = new ManifestReader().text("platform.yaml", LargeMesh.platform());
        for (int service = 0; service < LargeMesh.SERVICES; service++) {
            reader.text("service-%04d.yaml".formatted(service), LargeMesh.documents(service));
        }

        Findings findings = assertTimeout(GENEROUS, () -> {
            Reading reading = reader.read();
            assertThat(reading.manifests().all())
                    .hasSizeGreaterThan(LargeMesh.SERVICES * LargeMesh.DOCUMENTS_PER_SERVICE);
            return Checks.run(reading, Optional.empty());
        });

        assertThat(findings.all())
                .extracting(finding -> finding.rule().severity())
                .doesNotContain(Severity.ERROR);
    }
}
