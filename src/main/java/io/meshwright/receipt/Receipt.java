package io.meshwright.receipt;

import io.meshwright.check.report.Told;
import java.util.List;

/**
 * One environment as a run left it.
 *
 * @param inputs digest of everything that it was made from
 * @param environment its name, which is its folder in dist
 * @param dist digest of what was written there; empty where the checks refused it and nothing was written
 * @param files the manifests that were written, below its folder
 * @param findings what the checks said
 */
public record Receipt(String inputs, String environment, String dist, List<String> files, List<Told> findings) {
    public Receipt {
        files = List.copyOf(files);
        findings = List.copyOf(findings);
    }

    /** True if it was written to dist, and not refused by the checks. */
    public boolean isWritten() {
        return !dist.isEmpty();
    }
}
