package io.meshwright.check;

import io.meshwright.manifest.ManifestReader;
import java.util.List;
import java.util.Optional;

/** Checks manifests written in a test. */
final class Meshed {
    private Meshed() {}

    static Findings check(String... documents) {
        return Checks.run(ManifestReader.of("test.yaml", String.join("\n---\n", documents)), Optional.empty());
    }

    static List<String> codes(Findings findings) {
        return findings.all().stream().map(finding -> finding.rule().code()).toList();
    }
}
