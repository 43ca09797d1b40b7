package io.meshwright.cli.program;

import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program of others that prints manifests; it is ended when it takes too long or prints too much.
 *
 * @param option that names it, for refusals
 * @param program its path, or a name that is looked for on the path of programs
 * @param variables of the environment that it gets
 * @param patience for one run
 * @param most bytes of one run
 */
record BoundedProgram(String option, String program, Set<String> variables, Duration patience, int most) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST = 64 << 20;
    private static final int LONGEST_REASON = 300;

    /**
     * With the usual bounds: a minute and 64 MiB for each run.
     *
     * @throws InvalidValue when it is no file that can be run
     */
    static BoundedProgram of(String option, Path program, Set<String> variables) {
        if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
            throw new InvalidValue(
                    option, "\"%s\" is no program".formatted(program), "give the path of one that can be run");
        }
        return new BoundedProgram(option, program.toAbsolutePath().toString(), variables, PATIENCE, MOST);
    }

    /** The one that a shell would start by this name, with the same bounds. */
    static BoundedProgram onPath(String option, String name, Set<String> variables) {
        return new BoundedProgram(option, name, variables, PATIENCE, MOST);
    }

    /**
     * Returns what it prints.
     *
     * @param subject of the run, for refusals
     * @throws InvalidValue when it fails, takes too long or prints too much
     * @throws IOException when it cannot be started
     */
    String run(String subject, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().retainAll(variables);
        Process process = start(builder);
        try {
            process.getOutputStream().close();
            CompletableFuture<byte[]> output = read(process.getInputStream(), most + 1);
            CompletableFuture<byte[]> complaint = read(process.getErrorStream(), LONGEST_REASON);
            byte[] printed = output.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (printed.length > most) {
                throw refused(
                        "\"%s\" prints more than %d MiB for \"%s\"".formatted(program, most >> 20, subject),
                        "let it print less");
            }
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw late(subject);
            }
            if (process.exitValue() != 0) {
                throw refused(
                        "\"%s\" ends with code %d for \"%s\": %s"
                                .formatted(
                                        program,
                                        process.exitValue(),
                                        subject,
                                        firstLine(complaint.get(patience.toMillis(), TimeUnit.MILLISECONDS))),
                        "run it by hand and mend what it says");
            }
            return new String(printed, StandardCharsets.UTF_8);
        } catch (TimeoutException late) {
            throw late(subject);
        } catch (ExecutionException broken) {
            throw new IOException("what \"%s\" prints cannot be read".formatted(program), broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw late(subject);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException none) {
            if (Path.of(program).isAbsolute()) {
                throw none;
            }
            throw refused("there is no \"%s\" on the path".formatted(program), "install it, or name one by its path");
        }
    }

    private InvalidValue late(String subject) {
        return refused(
                "\"%s\" takes longer than %d seconds for \"%s\"".formatted(program, patience.toSeconds(), subject),
                "run it by hand, and give what it prints");
    }

    private InvalidValue refused(String what, String remedy) {
        return new InvalidValue(option, what, remedy);
    }

    /** In a thread of its own that nobody waits for, since a pipe may stay open behind whoever is ended. */
    private static CompletableFuture<byte[]> read(InputStream stream, int bytes) {
        CompletableFuture<byte[]> read = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        read.complete(stream.readNBytes(bytes));
                        // A full pipe would hold up whoever writes into it.
                        stream.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException broken) {
                        read.completeExceptionally(broken);
                    }
                },
                "program");
        thread.setDaemon(true);
        thread.start();
        return read;
    }

    private static String firstLine(byte[] complaint) {
        String text = new String(complaint, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}&&[^\\n]]", "?");
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("it says nothing");
    }
}
