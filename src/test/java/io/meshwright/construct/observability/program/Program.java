package io.meshwright.construct.observability.program;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meshwright.value.Version;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program that reads the configuration that we render, found by PATH or where {@code .ci/validators} puts it. */
public final class Program {
    // What a program says that was released; one that was built from its module says none, and has the rendered
    // version.
    private static final Pattern RELEASED = Pattern.compile("version ([0-9]+)\\.([0-9]+)");
    private static final Map<String, String> DEBIAN = Map.of("alertmanager", "prometheus-alertmanager");

    private final Path path;

    private Program(Path path) {
        this.path = path;
    }

    /**
     * The program in the version that is rendered; the calling test is skipped, and says what is not looked at, when
     * this machine has none or an older one.
     */
    public static Program rendered(String name, Version rendered, String looksAt) throws Exception {
        Program program = of(name);
        Optional<String> older = program.older(rendered);
        assumeTrue(
                older.isEmpty(),
                () -> "%s is %s here and %s is rendered, so %s is skipped; .ci/validators builds it"
                        .formatted(name, older.orElseThrow(), rendered, looksAt));
        return program;
    }

    /** The program; the calling test is skipped, and says why, when this machine does not have it. */
    public static Program of(String name) {
        List<Path> folders = new ArrayList<>();
        String tools = System.getenv("MESHWRIGHT_TOOLS");
        folders.add(
                tools == null
                        ? Path.of(System.getProperty("user.home"), ".cache", "meshwright", "bin")
                        : Path.of(tools));
        Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of).forEach(folders::add);
        Path found = folders.stream()
                .flatMap(folder ->
                        Stream.of(name, DEBIAN.getOrDefault(name, name)).map(folder::resolve))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(
                found != null,
                () -> "%s is missing, so what it would check is skipped; .ci/validators builds it".formatted(name));
        return new Program(found);
    }

    /** Its version, if that is older than the one that is rendered. */
    public Optional<String> older(Version rendered) throws IOException, InterruptedException {
        Matcher released = RELEASED.matcher(run(Path.of("."), "--version").output());
        if (!released.find()) {
            return Optional.empty();
        }
        String version = "%s.%s".formatted(released.group(1), released.group(2));
        return Version.of(version).isAtLeast(rendered) ? Optional.empty() : Optional.of(version);
    }

    /** Runs to its end, at most half an hour on a machine under load; the answer holds both outputs. */
    public Answer run(Path folder, String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile("program", ".out");
        Process process = builder(folder, output, List.of(arguments)).start();
        try {
            if (!process.waitFor(30, TimeUnit.MINUTES)) {
                throw new IOException("%s did not end within half an hour".formatted(path.getFileName()));
            }
            return new Answer(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    /** Starts a server; its output goes to a file for the message of a failed test. */
    public Server start(Path folder, List<String> arguments) throws IOException {
        Path output = folder.resolve("%s.out".formatted(path.getFileName()));
        return new Server(builder(folder, output, arguments).start(), output);
    }

    private ProcessBuilder builder(Path folder, Path output, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
    }

    /** How a program ended. */
    public record Answer(int exit, String output) {}
}
