package io.meshwright.cli.program;

import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A kustomize binary; it is started without plugins, Helm and variables. */
public record KustomizeBinary(BoundedProgram program) {
    private static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");
    /** To find git for a remote base; Windows starts nothing without the other. */
    private static final Set<String> VARIABLES = Set.of("PATH", "Path", "SystemRoot");

    /**
     * With a minute and 64 MiB for each folder.
     *
     * @throws InvalidValue when it is no file that can be run
     */
    static KustomizeBinary of(Path program) {
        return new KustomizeBinary(BoundedProgram.of("--kustomize", program, VARIABLES));
    }

    /** True if a folder has a file by which kustomize builds it. */
    public static boolean builds(Path folder) {
        return NAMES.stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
    }

    /**
     * Returns the output of {@code kustomize build} for a folder.
     *
     * @throws InvalidValue when it fails, takes too long or prints too much
     * @throws IOException when it cannot be started
     */
    public String build(Path folder) throws IOException {
        // No flag for plugins, functions or Helm: what needs them fails.
        return program.run(folder.toString(), List.of("build", folder.toString()));
    }
}
