package io.meshwright.cli;

import io.meshwright.cli.program.Programs;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The manifests of one mesh that a command line names, and what Istio makes of them. */
final class OneMesh {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private AskedManifests asked;

    @Mixin
    private Folders.Dist dist;

    @Option(names = "--env", paramLabel = "NAME", description = "The manifests of this environment in dist.")
    private @Nullable String environment;

    /**
     * Words of a command for when more or less than one mesh is named.
     *
     * @param remedy how it is named
     * @param single why it is one
     */
    record Words(String remedy, String single) {}

    /** Reads what the folder of the environment, or else these paths hold. */
    Reading reading(List<String> paths, Words words, Surroundings surroundings, Console console) throws IOException {
        if (paths.isEmpty() && environment == null) {
            throw new InvalidValue(command.name(), "no manifests are named", words.remedy());
        }
        if (!paths.isEmpty() && environment != null) {
            throw new InvalidValue(
                    command.name(),
                    "\"%s\" is named beside --env %s".formatted(paths.get(0), environment),
                    "give either --env NAME or paths");
        }
        ManifestReader reader = asked.reader();
        for (String path :
                environment == null ? paths : List.of(folder(surroundings).toString())) {
            asked.read(reader, oneMesh(path, words));
        }
        asked.refuseIdleBinary();
        Reading reading = asked.rendered(reader.read());
        console.problems(reading.flaws());
        return reading;
    }

    /** Lets programs of others build kustomizations that are named, and render charts. */
    void start(Programs programs) {
        asked.start(programs);
    }

    /** The files and folders that {@link #reading} reads. */
    List<Path> roots(List<String> paths, Surroundings surroundings) {
        return environment == null
                ? paths.stream().map(AskedManifests::fromHere).toList()
                : List.of(folder(surroundings));
    }

    /** With the release that the command line names, else the one that the manifests install; a copy counts once. */
    Mesh mesh(Reading reading) {
        return Mesh.of(reading.manifests().distinct(), version());
    }

    /** The release that the command line names. */
    Optional<IstioVersion> version() {
        return asked.version();
    }

    /** The environment that is named. */
    Optional<String> environment() {
        return Optional.ofNullable(environment);
    }

    /** The environment, else the paths. */
    String title(List<String> paths) {
        return environment == null ? String.join(", ", paths) : environment;
    }

    private String oneMesh(String path, Words words) throws IOException {
        List<Path> environments = AskedMeshes.environments(path);
        if (environments.size() > 1) {
            throw asked.refused("PATH: \"%s\" holds %d environments, and %s; name %s"
                    .formatted(path, environments.size(), words.single(), environments.get(0)));
        }
        return path;
    }

    private Path folder(Surroundings surroundings) {
        Path folder = dist.in(surroundings).dist().resolve(environment);
        if (!Files.isDirectory(folder)) {
            throw new InvalidValue(
                    "env",
                    "\"%s\" has no folder in dist".formatted(environment),
                    "name an environment that was synthesized");
        }
        return AskedManifests.fromHere(folder.toString());
    }
}
