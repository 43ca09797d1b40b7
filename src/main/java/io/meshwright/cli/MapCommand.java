package io.meshwright.cli;

import io.meshwright.check.Checks;
import io.meshwright.manifest.Reading;
import io.meshwright.manifest.Unreadable;
import io.meshwright.map.MapPage;
import io.meshwright.mesh.Mesh;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws a mesh as a page for a browser. */
@Command(
        name = "map",
        description =
                "Draw a mesh as one page for a browser: gateways, hosts, Services, workloads, and who may call whom.")
final class MapCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private AskedManifests asked;

    @Parameters(paramLabel = "PATH", arity = "0..*", description = "Files and folders of manifests of one mesh.")
    private List<String> paths = new ArrayList<>();

    @Option(names = "--env", paramLabel = "NAME", description = "The manifests of this environment in dist.")
    private @Nullable String environment;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where the page is written (default: map.html).",
            defaultValue = "map.html")
    private Path output;

    MapCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Console console = Console.of(spec.commandLine());
        try {
            return draw(console).number();
        } catch (InvalidValue wrong) {
            console.problem(wrong.getMessage());
            return ExitCode.USAGE.number();
        }
    }

    private ExitCode draw(Console console) throws IOException {
        if (paths.isEmpty() == (environment == null)) {
            throw new InvalidValue(
                    "map",
                    environment == null ? "no manifests are named" : "paths are named beside --env",
                    "give either --env NAME, or files or folders");
        }
        List<String> named = environment == null ? paths : List.of(folder().toString());
        List<Reading> readings = new AskedMeshes(asked).read(named);
        if (readings.size() > 1) {
            throw new InvalidValue(
                    "map",
                    "\"%s\" holds %d environments, and a map is of one".formatted(named.get(0), readings.size()),
                    "name one of them with --env");
        }
        Reading reading = readings.get(0);
        reading.unreadable().stream()
                .filter(flaw -> flaw.flaw() != Unreadable.Flaw.FOREIGN)
                .forEach(flaw -> console.problem("%s: %s".formatted(flaw.place(), flaw.message())));
        Mesh mesh = Mesh.of(reading.manifests(), asked.version());
        String title = environment == null ? String.join(", ", paths) : environment;
        Files.writeString(output, MapPage.of(title, mesh, Checks.run(reading, asked.version())));
        console.result("%s: written".formatted(output));
        return ExitCode.CLEAN;
    }

    private Path folder() {
        Path folder = surroundings.dist().resolve(String.valueOf(environment));
        if (!Files.isDirectory(folder)) {
            throw new InvalidValue(
                    "env",
                    "\"%s\" has no folder in dist".formatted(environment),
                    "name an environment that was synthesized");
        }
        return AskedManifests.fromHere(folder.toString());
    }
}
