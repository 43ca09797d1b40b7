package io.meshwright.cli.program;

import io.meshwright.value.InvalidValue;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The programs of others that a command line names or asks for; without one none is started. */
public final class Programs {
    @Option(
            names = "--kustomize",
            paramLabel = "PROGRAM",
            description =
                    "Let this kustomize binary build each folder of a kustomization that is named, without plugins"
                            + " (default: start nothing, and apply the common transformers).")
    private @Nullable Path kustomize;

    @Option(
            names = "--rendered",
            description =
                    "Let helm render the charts that Argo CD's Applications name, from their repositories, and read"
                            + " what it prints too; those of Istio and Argo CD are known without (default: start nothing).")
    private boolean rendered;

    @Option(
            names = "--helm",
            paramLabel = "PROGRAM",
            description = "The helm binary of --rendered, which this implies (default: the one on the path).")
    private @Nullable Path helm;

    /**
     * The kustomize binary, if one is named.
     *
     * @throws InvalidValue when it is none that can be run
     */
    public Optional<KustomizeBinary> kustomize() {
        return Optional.ofNullable(kustomize).map(KustomizeBinary::of);
    }

    /**
     * The helm binary, if charts are to be rendered.
     *
     * @throws InvalidValue when there is none that can be run
     */
    public Optional<HelmBinary> helm() {
        if (helm != null) {
            return Optional.of(HelmBinary.of(helm));
        }
        return rendered ? Optional.of(HelmBinary.onPath()) : Optional.empty();
    }
}
