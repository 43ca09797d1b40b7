package io.meshwright.cli;

import io.meshwright.extension.loading.ExtensionPath;
import io.meshwright.file.References;
import java.nio.file.Path;
import java.util.Map;

/**
 * Folders and settings that the process finds around it.
 *
 * @param home the project's folder; empty for the working directory
 * @param environments where the environment files are unless the command line says otherwise
 * @param docs where pages of documentation go unless the command line says otherwise
 * @param dist where manifests go unless the command line says otherwise
 * @param extensions where Java classes are that environments name, unless the command line says otherwise
 * @param program how the user starts the program, for what he is told to run next
 * @param debug whether an unexpected failure shows where in the program it happened
 */
record Surroundings(
        Path home, Path environments, Path docs, Path dist, ExtensionPath extensions, String program, boolean debug) {
    static Surroundings of(Map<String, String> variables) {
        Path home = Path.of(variables.getOrDefault("MESHWRIGHT_HOME", ""));
        String outdir =
                variables.getOrDefault("CDK8S_OUTDIR", ""); // the cdk8s CLI's way to say where it looks for manifests
        Path dist = outdir.isEmpty() ? home.resolve("dist") : Path.of(outdir);
        return new Surroundings(
                home,
                home.resolve("environments"),
                home.resolve("docs"),
                dist,
                ExtensionPath.parse(variables.getOrDefault(ExtensionPath.VARIABLE, "")),
                variables.getOrDefault("MESHWRIGHT_PROGRAM", References.PROGRAM),
                !variables.getOrDefault("MESHWRIGHT_DEBUG", "").isEmpty());
    }

    /** The reference in the documentation of this place. */
    References references() {
        return new References(docs, program);
    }

    Surroundings withEnvironments(Path other) {
        return new Surroundings(home, other, docs, dist, extensions, program, debug);
    }

    Surroundings withDocs(Path other) {
        return new Surroundings(home, environments, other, dist, extensions, program, debug);
    }

    Surroundings withDist(Path other) {
        return new Surroundings(home, environments, docs, other, extensions, program, debug);
    }
}
