package io.meshwright.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The distribution, unpacked into an empty folder, and beside it the example as a repository. */
final class Unpacked {
    private final Path root;
    private final Path folder;

    /** What a run printed and how it ended. */
    record Run(int code, String out, String err) {}

    private Unpacked(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    static Unpacked in(Path temporary) throws Exception {
        return in(temporary, "empty");
    }

    static Unpacked in(Path temporary, String name) throws Exception {
        Path root = temporary.toRealPath();
        Path folder = Files.createDirectory(root.resolve(name));
        assertThat(tool("tar", "-xzf", packed("tar.gz").toString(), "-C", folder.toString()))
                .isEqualTo(new Run(0, "", ""));
        Unpacked unpacked = new Unpacked(root, only(folder, ""));
        copy(unpacked.folder.resolve("examples/shop"), unpacked.repository());
        return unpacked;
    }

    /** The file that Maven packed; a test that finds none is skipped. */
    static Path packed(String type) throws IOException {
        try (Stream<Path> files = Files.exists(Path.of("target")) ? Files.list(Path.of("target")) : Stream.empty()) {
            List<Path> packed = files.filter(
                            file -> file.getFileName().toString().matches("meshwright-[0-9].*\\." + type))
                    .toList();
            assumeThat(packed)
                    .as("distribution: not packed; mvn -Prelease package -DskipTests packs it")
                    .hasSize(1);
            return packed.get(0).toAbsolutePath();
        }
    }

    /** Where it was unpacked to: bin, lib, examples. */
    Path folder() {
        return folder;
    }

    /** A user's own repository. */
    Path repository() {
        return root.resolve("repository");
    }

    Path cache() {
        return root.resolve("cache");
    }

    /**
     * Runs the launcher in the repository, with the variables that are given and a path and Java home of this process.
     */
    Run run(Map<String, String> variables, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(folder.resolve("bin/meshwright").toString()));
        command.addAll(List.of(arguments));
        return run(root, repository(), variables, command);
    }

    /** Runs any program in the repository. */
    Run command(Map<String, String> variables, String... command) throws IOException, InterruptedException {
        return run(root, repository(), variables, List.of(command));
    }

    /** Runs any program, and tells all that it printed. */
    static Run tool(String... command) throws Exception {
        Path folder = Files.createTempDirectory("tool");
        try {
            return run(folder, folder, Map.of(), List.of(command));
        } finally {
            Files.deleteIfExists(folder.resolve("out"));
            Files.deleteIfExists(folder.resolve("err"));
            Files.delete(folder);
        }
    }

    private static Run run(Path root, Path directory, Map<String, String> variables, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(root.resolve("out").toFile())
                .redirectError(root.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(variables);
        int code = builder.start().waitFor();
        return new Run(code, Files.readString(root.resolve("out")), Files.readString(root.resolve("err")));
    }

    static Path only(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith(prefix))
                    .toList();
            assertThat(found).as("%s* in %s", prefix, folder).hasSize(1);
            return found.get(0);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
