package io.meshwright.cli;

import io.meshwright.check.Checks;
import io.meshwright.manifest.Reading;
import io.meshwright.map.MapPage;
import io.meshwright.mesh.Mesh;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
    private static final OneMesh.Words WORDS =
            new OneMesh.Words("give --env NAME, or files or folders", "a map is of one");

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private OneMesh manifests;

    @Parameters(paramLabel = "PATH", arity = "0..*", description = "Files and folders of manifests of one mesh.")
    private List<String> paths = new ArrayList<>();

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
        Reading reading = manifests.reading(paths, WORDS, surroundings, console);
        Mesh mesh = manifests.mesh(reading);
        Files.writeString(output, MapPage.of(manifests.title(paths), mesh, Checks.run(reading, manifests.version())));
        console.result("%s: written".formatted(output));
        return ExitCode.CLEAN;
    }
}
