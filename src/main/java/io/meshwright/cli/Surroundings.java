package io.meshwright.cli;

import java.nio.file.Path;
import java.util.Map;

/**
 * Folders and settings that the process finds around it.
 *
 * @param home the project's folder, where environments/ and dist/ are; empty for the working directory
 * @param dist where manifests go unless the command line says otherwise
 * @param debug whether an unexpected failure shows where in the program it happened
 */
record Surroundings(Path home, Path dist, boolean debug) {
    /** Where the environment files are unless the command line says otherwise. */
    Path environments() {
        return home.resolve("environments");
    }

    static Surroundings of(Map<String, String> variables) {
        Path home = Path.of(variables.getOrDefault("MESHWRIGHT_HOME", ""));
        String outdir =
                variables.getOrDefault("CDK8S_OUTDIR", ""); // the cdk8s CLI's way to say where it looks for manifests
        Path dist = outdir.isEmpty() ? home.resolve("dist") : Path.of(outdir);
        return new Surroundings(
                home, dist, !variables.getOrDefault("MESHWRIGHT_DEBUG", "").isEmpty());
    }
}
