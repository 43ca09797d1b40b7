package io.meshwright;

import io.meshwright.file.ScratchFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs each command in one JVM, so that the archive of classes which this JVM leaves holds what they all need; the
 * launcher starts it once when it has built. Nothing of what the commands do is kept.
 */
public final class Training {
    private static final Pattern HOST = Pattern.compile("hosts:\\n +- ([a-z0-9.-]+)\\n");
    // The program must have settled before a result is kept, and be kept before it can be used.
    private static final int SYNTHS = 3;
    private static final int TRACES = 5;
    // The first one writes what the second one reads.
    private static final int SUMMARIES = 2;

    private static final List<Edit> EDITS = List.of(
            new Edit("deployment.", Pattern.compile("cpu: \\S+"), "cpu: 123m"),
            new Edit("virtualservice.", Pattern.compile("timeout: \\S+"), "timeout: 17s"));

    /** A change of the first manifest whose file begins so and that has such words. */
    private record Edit(String file, Pattern written, String becomes) {
        boolean isFor(Path manifest, String text) {
            return manifest.getFileName().toString().startsWith(file)
                    && written.matcher(text).find();
        }
    }

    private Training() {}

    /**
     * Trains on the environments of one project.
     *
     * @param arguments the project's folder
     */
    public static void main(String[] arguments) throws IOException {
        try (ScratchFolder scratch = ScratchFolder.create()) {
            train(arguments[0], scratch.path());
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
        for (int time = 0; time < SUMMARIES; time++) {
            run(variables, "check", "--changed", dist.toString());
        }
        List<Path> folders = folders(dist);
        if (!folders.isEmpty()) {
            Path changed = changed(folders.get(0), scratch.resolve("changed"));
            run(variables, "plan", folders.get(0).toString(), changed.toString());
        }
        for (Path environment : folders) {
            for (String host : hosts(environment)) {
                run(variables, "trace", environment.toString(), "GET", "https://%s/".formatted(host));
            }
        }
    }

    private static void run(Map<String, String> variables, String... line) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Main.line(variables, line).setOut(nowhere).setErr(nowhere).execute(line);
    }

    /** Writes an environment anew as a change most often leaves it: all but a few objects are what they were. */
    private static Path changed(Path environment, Path copy) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(environment)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        List<Edit> left = new ArrayList<>(EDITS);
        for (Path file : files) {
            String text = Files.readString(file);
            for (Edit edit : List.copyOf(left)) {
                if (edit.isFor(file, text)) {
                    left.remove(edit);
                    text = edit.written().matcher(text).replaceFirst(edit.becomes());
                }
            }
            Path written = copy.resolve(environment.relativize(file));
            Files.createDirectories(written.getParent());
            Files.writeString(written, text);
        }
        return copy;
    }

    private static List<Path> folders(Path dist) throws IOException {
        if (!Files.isDirectory(dist)) {
            return List.of(); // the user's files are wrong, and nothing was written
        }
        try (Stream<Path> files = Files.list(dist)) {
            return files.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** Hosts that have routes, so that requests get as far as they can. */
    private static Set<String> hosts(Path environment) throws IOException {
        Set<String> hosts = new LinkedHashSet<>();
        try (Stream<Path> files = Files.walk(environment)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("virtualservice."))
                    .sorted()
                    .toList()) {
                Matcher host = HOST.matcher(Files.readString(file));
                if (hosts.size() < TRACES && host.find()) {
                    hosts.add(host.group(1));
                }
            }
        }
        return hosts;
    }
}
