package io.meshwright;

import io.meshwright.check.Severity;
import io.meshwright.check.report.Told;
import io.meshwright.output.ManifestPath;
import io.meshwright.output.OutputFile;
import io.meshwright.receipt.Receipt;
import java.util.List;

/** Outcome of one environment: its manifests and what the checks say of them. */
sealed interface EnvironmentResult {
    /** Its folder in dist. */
    String environment();

    List<Told> findings();

    /** True if nothing forbids to write it. */
    default boolean isAcceptable() {
        return findings().stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    /** Rendered and checked in this run. */
    record Rendered(EnvironmentFile file, String environment, List<OutputFile> files, List<Told> findings)
            implements EnvironmentResult {}

    /** As an earlier run left it: the inputs are the same, and so is everything that was written. */
    record Kept(Receipt receipt) implements EnvironmentResult {
        @Override
        public String environment() {
            return receipt.environment();
        }

        @Override
        public List<Told> findings() {
            return receipt.findings();
        }

        List<ManifestPath> paths() {
            return receipt.files().stream().map(ManifestPath::parse).toList();
        }
    }
}
