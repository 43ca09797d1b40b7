package io.meshwright;

import io.meshwright.cli.Commands;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Runs each command in one JVM, so that the archive of classes which this JVM leaves holds what they all need; the
 * launcher starts it once when it has built. Nothing of what the commands do is kept.
 */
public final class Training {
    private static final Pattern HOST = Pattern.compile("hosts:\\n +- ([a-z0-9.-]+)\\n");
    // The program must have settled before a result is kept, and be kept before it can be used.
    private static final int SYNTHS = 3;

    private Training() {}

    /**
     * Trains on the environments of one project.
     *
     * @param arguments the project's folder
     */
    public static void main(String[] arguments) throws IOException {
        Path scratch = Files.createTempDirectory("meshwright");
        try {
            train(arguments[0], scratch);
        } finally {
            delete(scratch);
        }
        System.exit(0); // whether the user's files are right is no matter of the archive
    }

    private static void train(String home, Path scratch) throws IOException {
        Map<String, String> variables = Map.of("MESHWRIGHT_HOME", home, "XDG_CACHE_HOME", scratch.toString());
        Path dist = scratch.resolve("dist");
        for (int time = 0; time < SYNTHS; time++) {
            run(variables, "synth", "--dist", dist.toString());
        }
        run(variables, "check", dist.toString());
        run(variables, "trace", dist.toString(), "GET", "http://%s/".formatted(host(dist)));
    }

    private static void run(Map<String, String> variables, String... line) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        CommandLine commands = Commands.line(variables, new Pipeline(variables), () -> "", Pages::of);
        commands.setOut(nowhere).setErr(nowhere).execute(line);
    }

    /** A host that has routes, so that a request gets as far as it can. */
    private static String host(Path dist) throws IOException {
        if (!Files.isDirectory(dist)) {
            return "example.org";
        }
        try (Stream<Path> files = Files.walk(dist)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("virtualservice."))
                    .sorted()
                    .toList()) {
                Optional<String> host = host(Files.readString(file));
                if (host.isPresent()) {
                    return host.get();
                }
            }
        }
        return "example.org";
    }

    private static Optional<String> host(String route) {
        Matcher matcher = HOST.matcher(route);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
