package io.meshwright.mcp;

import io.meshwright.check.report.Told;
import io.meshwright.mcp.tool.Roots;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Port;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves assistants by the Model Context Protocol. */
@Command(
        name = "mcp",
        description =
                "Let an assistant ask check, trace, plan, explain, incident and keys by the Model Context Protocol,"
                        + " over standard input and output or over HTTP on this machine; it reads files below fixed folders"
                        + " and does nothing else.")
public final class McpCommand implements Callable<Integer> {
    private final Path home;
    private final String version;
    private final Function<Path, UnaryOperator<Told>> keys;
    private final Consumer<CommandLine> rest;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "A folder below which files may be read; may be given again (default: the project's folder).")
    private List<Path> roots = new ArrayList<>();

    @Option(
            names = "--http",
            description = "Serve HTTP on 127.0.0.1 instead of standard input and output, until Ctrl-C.")
    private boolean http;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "The port of --http (default: one that is free).")
    private int port;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "The bearer token that clients of --http must show (default: a new one, printed on standard error).")
    private @Nullable Path tokenFile;

    /**
     * @param home the project's folder
     * @param version of the program
     * @param keys of an environment file, what adds the key to a finding whose construct is known
     * @param rest told when there is nothing to do but to wait for a client
     */
    public McpCommand(Path home, String version, Function<Path, UnaryOperator<Told>> keys, Consumer<CommandLine> rest) {
        this.home = home;
        this.version = version;
        this.keys = keys;
        this.rest = rest;
    }

    @Override
    public Integer call() throws IOException {
        try {
            serve();
            return 0;
        } catch (InvalidValue wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage());
        }
    }

    private void serve() throws IOException {
        if (!http && (port != 0 || tokenFile != null)) {
            throw new InvalidValue(
                    port == 0 ? "--token-file" : "--port",
                    "is of --http, which is not given",
                    "add --http, or leave it out");
        }
        Port.orFree("--port", port);
        Roots below = Roots.of(roots.isEmpty() ? List.of(home) : roots);
        // In a class of its own, so that whoever only asks for help loads nothing of the protocol.
        Serving serving = new Serving(version, below, keys, () -> rest.accept(spec.commandLine()));
        if (http) {
            try {
                serving.http(port, tokenFile, spec.commandLine().getErr());
            } catch (BindException taken) {
                throw new InvalidValue("--port", "%d cannot be had".formatted(port), "name another, or none");
            }
        } else {
            serving.stdio();
        }
    }
}
