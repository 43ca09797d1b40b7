package io.meshwright.cli.kustomize;

import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A kustomize binary; it is started without plugins, Helm and variables, and ended when it takes too long. */
public record KustomizeBinary(Path program, Duration patience, int most) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST = 64 << 20;
    private static final int LONGEST_REASON = 300;
    private static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");
    /** To find git for a remote base; Windows starts nothing without the other. */
    private static final Set<String> VARIABLES = Set.of("PATH", "Path", "SystemRoot");

    /**
     * With the usual bounds: a minute and 64 MiB for each folder.
     *
     * @throws InvalidValue when it is no file that can be run
     */
    public static KustomizeBinary of(Path program) {
        if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
            throw refused("\"%s\" is no program".formatted(program), "give the path of a kustomize binary");
        }
        return new KustomizeBinary(program, PATIENCE, MOST);
    }

    /** True if a folder has a file by which kustomize builds it. */
    public static boolean builds(Path folder) {
        return NAMES.stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
    }

    /**
     * Returns the output of {@code kustomize build} for a folder.
     *
     * @throws InvalidValue when it fails, takes too long or prints too much
     * @throws IOException when it cannot be started
     */
    public String build(Path folder) throws IOException {
        // No flag for plugins, functions or Helm: what needs them fails.
        ProcessBuilder builder = new ProcessBuilder(program.toAbsolutePath().toString(), "build", folder.toString());
        builder.environment().keySet().retainAll(VARIABLES);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            CompletableFuture<byte[]> output = read(process.getInputStream(), most + 1);
            CompletableFuture<byte[]> complaint = read(process.getErrorStream(), LONGEST_REASON);
            byte[] printed = output.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (printed.length > most) {
                throw refused(
                        "\"%s\" prints more than %d MiB for \"%s\"".formatted(program, most >> 20, folder),
                        "name a smaller kustomization");
            }
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw late(folder);
            }
            if (process.exitValue() != 0) {
                throw refused(
                        "\"%s\" ends with code %d for \"%s\": %s"
                                .formatted(
                                        program,
                                        process.exitValue(),
                                        folder,
                                        firstLine(complaint.get(patience.toMillis(), TimeUnit.MILLISECONDS))),
                        "run it by hand and mend what it says");
            }
            return new String(printed, StandardCharsets.UTF_8);
        } catch (TimeoutException late) {
            throw late(folder);
        } catch (ExecutionException broken) {
            throw new IOException("what kustomize prints cannot be read", broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw late(folder);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private InvalidValue late(Path folder) {
        return refused(
                "\"%s\" takes longer than %d seconds for \"%s\"".formatted(program, patience.toSeconds(), folder),
                "run it by hand, and give what it prints");
    }

    private static InvalidValue refused(String what, String remedy) {
        return new InvalidValue("--kustomize", what, remedy);
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
                "kustomize");
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
