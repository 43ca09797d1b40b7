package io.meshwright.extension;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** A Maven project of {@code examples/}, built as a team would: it finds our jars in a repository. */
public final class OutsideProject {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String VERSION = "0.1.0";

    private OutsideProject() {}

    /** A copy of an example in a folder that does not exist yet. */
    public static Path copy(String example, Path to) throws IOException {
        Path from = ROOT.resolve("examples").resolve(example);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(each -> !each.startsWith(from.resolve("target")))
                    .toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    /**
     * Builds a project with a repository in {@code folder} that has ours, of the classes that are tested here, beside
     * links to those of this user. Not offline: who depends on us gets versions of others' libraries that our own build
     * never loads.
     *
     * @return what Maven said; its last lines say whether it went well
     */
    public static String build(Path project, Path folder) throws IOException, InterruptedException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(each -> Files.isExecutable(Path.of(each, "mvn"))),
                "mvn is missing, so no outside project is built");
        Path said = folder.resolve("maven.log");
        Path repository = repository(folder.resolve("repository"));
        Process maven = new ProcessBuilder(
                        "mvn",
                        "-B",
                        "-ntp",
                        "-Dmaven.repo.local=%s".formatted(repository),
                        "-f",
                        project.resolve("pom.xml").toString(),
                        "package")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        maven.waitFor();
        unlink(repository);
        unlink(repository.resolve("io"));
        return Files.readString(said, StandardCharsets.UTF_8);
    }

    private static Path repository(Path folder) throws IOException {
        Path local = Path.of(System.getProperty(
                "maven.repo.local", System.getProperty("user.home").concat("/.m2/repository")));
        links(local, folder, "io");
        links(local.resolve("io"), folder.resolve("io"), "meshwright");
        publish(folder, "meshwright", "src");
        publish(folder, "meshwright-imports", "imports");
        Path parent = Files.createDirectories(
                folder.resolve("io/meshwright/meshwright-parent").resolve(VERSION));
        Files.copy(ROOT.resolve("pom.xml"), parent.resolve("meshwright-parent-%s.pom".formatted(VERSION)));
        return folder;
    }

    private static void links(Path from, Path to, String without) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> all = Files.isDirectory(from) ? Files.list(from) : Stream.empty()) {
            for (Path each : all.toList()) {
                if (!each.getFileName().toString().equals(without)) {
                    Files.createSymbolicLink(to.resolve(each.getFileName()), each);
                }
            }
        }
    }

    /** JUnit would tell of each link that leads out of its folder. */
    private static void unlink(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path link : all.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    /** From classes: in the phase in which tests run, a jar would be that of an earlier build. */
    private static void publish(Path repository, String artifact, String module) throws IOException {
        Path folder = Files.createDirectories(
                repository.resolve("io/meshwright").resolve(artifact).resolve(VERSION));
        Path built = ROOT.resolve(module);
        Files.copy(built.resolve("pom.xml"), folder.resolve("%s-%s.pom".formatted(artifact, VERSION)));
        List<String> words = List.of(
                "--create",
                "--no-compress",
                "--file",
                folder.resolve("%s-%s.jar".formatted(artifact, VERSION)).toString(),
                "-C",
                built.resolve("target/classes").toString(),
                ".");
        int code =
                ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, words.toArray(String[]::new));
        if (code != 0) {
            throw new IOException("jar of %s: exit code %d".formatted(built, code));
        }
    }
}
