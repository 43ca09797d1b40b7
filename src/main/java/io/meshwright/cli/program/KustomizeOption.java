package io.meshwright.cli.kustomize;

import io.meshwright.value.InvalidValue;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The kustomize binary that a command line names; without one no program is started. */
public final class KustomizeOption {
    @Option(
            names = "--kustomize",
            paramLabel = "PROGRAM",
            description =
                    "Let this kustomize binary build each folder of a kustomization that is named, without plugins"
                            + " (default: start nothing, and apply the common transformers).")
    private @Nullable Path program;

    /**
     * The binary, if one is named.
     *
     * @throws InvalidValue when it is none that can be run
     */
    public Optional<KustomizeBinary> binary() {
        return Optional.ofNullable(program).map(KustomizeBinary::of);
    }
}
