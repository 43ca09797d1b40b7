package io.meshwright;

import io.meshwright.check.report.Told;
import io.meshwright.extension.loading.ExtensionPath;
import io.meshwright.output.Distribution;
import io.meshwright.output.OutputFile;
import io.meshwright.receipt.Inputs;
import io.meshwright.receipt.Receipt;
import io.meshwright.receipt.Receipts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Results of earlier runs, as far as it can be relied on. */
final class KnownResults {
    private final Receipts receipts;
    private final Optional<Inputs> inputs;

    /**
     * Those of one user.
     *
     * @param variables of the process's environment
     * @param extensions where the Java classes are that environments name
     */
    KnownResults(Map<String, String> variables, ExtensionPath extensions) {
        this.receipts = Receipts.of(variables);
        this.inputs = receipts.areKept() ? Inputs.of(variables, extensions.files()) : Optional.empty();
    }

    /** The result for a file whose inputs are those of its last run and whose folder in dist is as that run left it. */
    Optional<EnvironmentResult> of(EnvironmentFile file, Distribution dist) {
        return inputs.flatMap(known -> receipts.find(file.path(), dist.path(), known.with(file.path(), file.content())))
                .filter(receipt -> !receipt.isWritten() || stands(receipt, dist))
                .map(EnvironmentResult.Kept::new);
    }

    private static boolean stands(Receipt receipt, Distribution dist) {
        return receipt.dist().equals(dist.digest(receipt.environment(), receipt.files()));
    }

    /** Remembers what was written. */
    void written(EnvironmentResult.Rendered result, Distribution dist) {
        keep(result, Distribution.digest(result.files()), dist);
    }

    /** Remembers what the checks refused, for which nothing was written. */
    void refused(EnvironmentResult.Rendered result, Distribution dist) {
        keep(result, "", dist);
    }

    private void keep(EnvironmentResult.Rendered result, String digest, Distribution dist) {
        List<Told> findings = result.findings();
        List<String> paths = result.files().stream()
                .map(OutputFile::path)
                .map(Object::toString)
                .sorted()
                .toList();
        inputs.filter(Inputs::settled)
                .map(known -> known.with(result.file().path(), result.file().content()))
                .map(digested -> new Receipt(digested, result.environment(), digest, paths, findings))
                .ifPresent(receipt -> receipts.keep(result.file().path(), dist.path(), receipt));
    }
}
