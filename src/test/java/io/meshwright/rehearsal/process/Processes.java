package io.meshwright.rehearsal.process;

import io.meshwright.rehearsal.tunnel.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Programs of one run: each writes a log into the run's folder, and none outlives this JVM, even if that is killed. */
public final class Processes implements Programs, AutoCloseable {
    private static final Path KEEPER =
            Path.of("test", "resources", "rehearsal", "keeper.sh").toAbsolutePath();

    private final Path folder;
    private final Map<String, String> variables;
    private final Deque<Kept> running = new ArrayDeque<>();

    /** The variables come on top of this JVM's own. */
    public Processes(Path folder, Map<String, String> variables) {
        this.folder = folder;
        this.variables = new TreeMap<>(variables);
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Kept start(String name, Object... command) throws IOException {
        return start(name, Map.of(), command);
    }

    public synchronized Kept start(String name, Map<String, String> more, Object... command) throws IOException {
        List<Object> kept = new ArrayList<>(List.of("setsid", "bash", KEEPER));
        kept.addAll(List.of(command));
        Path log = folder.resolve("%s.log".formatted(name));
        ProcessBuilder builder = builder(folder, more, kept)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Kept started = new Kept(name, builder.start(), log);
        running.push(started);
        return started;
    }

    /** Runs a command to its end and gives what it printed; one that fails is an error with that. */
    public String run(Path directory, Object... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "command", ".out");
        try {
            Process process = builder(directory, Map.of(), List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("%s did not end within five minutes".formatted(List.of(command)));
            }
            if (process.exitValue() != 0) {
                throw new IOException("%s: exit code %d%n%s"
                        .formatted(List.of(command), process.exitValue(), Files.readString(output)));
            }
            return Files.readString(output);
        } finally {
            Files.delete(output);
        }
    }

    private ProcessBuilder builder(Path directory, Map<String, String> more, List<Object> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command.stream().map(Object::toString).toList()).directory(directory.toFile());
        builder.environment().putAll(variables);
        builder.environment().putAll(more);
        return builder;
    }

    /** The last ones started end first, so that nobody logs that his API server is gone. */
    @Override
    public synchronized void close() {
        while (!running.isEmpty()) {
            running.pop().stop();
        }
    }

    /** A program that runs under its keeper. */
    public record Kept(String name, Process keeper, Path log) implements Programs.Running {
        @Override
        public boolean alive() {
            return keeper.isAlive();
        }

        /** Ends the program and all that it started; waits until they are gone. */
        @Override
        public void stop() {
            try {
                keeper.getOutputStream().close();
                keeper.waitFor(30, TimeUnit.SECONDS);
            } catch (IOException e) {
                // It has ended by itself.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** What it said last, for the message of a test that fails because of it. */
        public String lastLines() throws IOException {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        }
    }
}
