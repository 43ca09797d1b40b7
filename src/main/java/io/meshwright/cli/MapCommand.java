package io.meshwright.cli;

import io.meshwright.check.Checks;
import io.meshwright.manifest.Reading;
import io.meshwright.map.MapPage;
import io.meshwright.map.serve.MapServer;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.report.RequestTable;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Port;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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

    @Option(
            names = "--table",
            paramLabel = "FILE",
            description = "Follow the requests of this RequestTable too; may be given again.")
    private List<Path> tables = new ArrayList<>();

    @Option(
            names = "--serve",
            description = "Serve the map to a browser of this machine instead, until Ctrl-C; it follows any request and"
                    + " is drawn anew when the manifests change.")
    private boolean serve;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "The port of --serve (default: one that is free).")
    private int port;

    MapCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Console console = Console.of(spec.commandLine());
        try {
            return (serve ? serve(console) : draw(console)).number();
        } catch (InvalidValue wrong) {
            console.problem(wrong.getMessage());
            return ExitCode.USAGE.number();
        }
    }

    private ExitCode serve(Console console) throws IOException {
        Port.orFree("--port", port);
        if (paths.contains(AskedManifests.STANDARD_INPUT)) {
            throw new InvalidValue("--serve", "standard input is read once only", "name files or folders");
        }
        ServedManifests source = new ServedManifests(manifests, paths, tables, WORDS, surroundings, console);
        try (MapServer server = MapServer.start(port, source)) {
            console.result("%s; Ctrl-C ends it".formatted(server.address()));
            console.rest();
            new CountDownLatch(1).await();
            return ExitCode.CLEAN;
        } catch (BindException taken) {
            throw new InvalidValue("--port", "%d cannot be had".formatted(port), "name another, or none");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.CLEAN;
        }
    }

    private ExitCode draw(Console console) throws IOException {
        Reading reading = manifests.reading(paths, WORDS, surroundings, console);
        Mesh mesh = manifests.mesh(reading);
        Files.writeString(
                output,
                MapPage.of(
                        manifests.title(paths),
                        mesh,
                        Checks.run(reading, mesh, manifests.version()),
                        RequestTable.rows(tables)));
        console.news("%s: written".formatted(output));
        return ExitCode.CLEAN;
    }
}
