package io.meshwright.cli;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.manifest.Unreadable;
import io.meshwright.mesh.Mesh;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The manifests that a command line names, and what Istio makes of them. */
final class TracedManifests {
    @Mixin
    private AskedManifests asked;

    @Option(names = "--env", paramLabel = "NAME", description = "The manifests of this environment in dist.")
    private @Nullable String environment;

    Mesh mesh(List<String> paths, Surroundings surroundings, Console console) throws IOException {
        if (paths.isEmpty() && environment == null) {
            throw new InvalidValue(
                    "trace", "no manifests are named", "give --env NAME, or files or folders before METHOD");
        }
        if (!paths.isEmpty() && environment != null) {
            throw new InvalidValue(
                    "trace",
                    "\"%s\" is named beside --env %s".formatted(paths.get(0), environment),
                    "give either --env NAME or paths");
        }
        ManifestReader reader = asked.reader();
        for (String path :
                environment == null ? paths : List.of(folder(surroundings).toString())) {
            asked.read(reader, oneMesh(path));
        }
        Reading reading = reader.read();
        reading.unreadable().stream()
                .filter(flaw -> flaw.flaw() != Unreadable.Flaw.FOREIGN)
                .forEach(flaw -> console.problem("%s: %s".formatted(flaw.place(), flaw.message())));
        return Mesh.of(reading.manifests(), asked.version());
    }

    private String oneMesh(String path) throws IOException {
        List<Path> environments = AskedMeshes.environments(path);
        if (environments.size() > 1) {
            throw asked.refused("PATH: \"%s\" holds %d environments, and a request is followed through one; name %s"
                    .formatted(path, environments.size(), environments.get(0)));
        }
        return path;
    }

    private Path folder(Surroundings surroundings) {
        Path folder = surroundings.dist().resolve(environment);
        if (!Files.isDirectory(folder)) {
            throw new InvalidValue(
                    "env",
                    "\"%s\" has no folder in dist".formatted(environment),
                    "name an environment that was synthesized");
        }
        // Places are read by people who stand in the working directory.
        Path here = Path.of("").toAbsolutePath();
        return folder.isAbsolute() && folder.startsWith(here) ? here.relativize(folder) : folder;
    }
}
