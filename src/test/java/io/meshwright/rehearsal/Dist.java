package io.meshwright.rehearsal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.Main;
import io.meshwright.rehearsal.process.Elsewhere;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** An environment's folder of {@code dist/}: today's, or that of an older commit. */
record Dist(Path folder, String environment) {
    static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES, YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    static Dist committed(String environment) {
        return new Dist(REPOSITORY.resolve("dist").resolve(environment), environment);
    }

    /** What a commit had in dist; the calling test is skipped where the history does not reach back so far. */
    static Dist of(String commit, String environment, Path temporary) throws IOException, InterruptedException {
        Process known = new ProcessBuilder("git", "cat-file", "-e", "%s^{commit}".formatted(commit))
                .directory(REPOSITORY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assumeTrue(
                known.waitFor() == 0,
                () -> "commit %s is not in this clone, so no upgrade from it is rehearsed: git fetch --unshallow"
                        .formatted(commit));
        Process archive = new ProcessBuilder(
                        "bash",
                        "-o",
                        "pipefail",
                        "-c",
                        "git -C \"$1\" archive \"$2\" dist | tar -x -C \"$3\"",
                        "archive",
                        REPOSITORY.toString(),
                        commit,
                        temporary.toString())
                .inheritIO()
                .start();
        if (archive.waitFor() != 0) {
            throw new IOException("git archive %s dist: exit code %d".formatted(commit, archive.exitValue()));
        }
        return new Dist(temporary.resolve("dist").resolve(environment), environment);
    }

    /** What the program makes of an environment file, in a JVM of its own. */
    static Dist synthesized(String environment, String file, Path temporary) throws IOException, InterruptedException {
        Path environments = Files.createDirectories(temporary.resolve("environments"));
        Files.writeString(environments.resolve("%s.yaml".formatted(environment)), file);
        Process process = Elsewhere.run(
                Main.class,
                "synth",
                "--environments",
                environments.toString(),
                "--dist",
                temporary.resolve("dist").toString());
        if (process.waitFor() != 0) {
            throw new IOException("synth of %s: exit code %d".formatted(environments, process.exitValue()));
        }
        return new Dist(temporary.resolve("dist").resolve(environment), environment);
    }

    /** The file that a person writes. */
    static String file(String environment) throws IOException {
        return Files.readString(REPOSITORY.resolve("environments").resolve("%s.yaml".formatted(environment)));
    }

    /** Where Argo CD reads the environment: {@code repoURL}, {@code targetRevision} and {@code path}. */
    JsonNode root() {
        return application(environment).at("/spec/source");
    }

    List<JsonNode> applications() {
        return manifests("argocd").stream()
                .filter(each -> each.path("kind").asText().equals("Application"))
                .toList();
    }

    /** What an Application applies from the folder that it names; nothing where it installs a chart. */
    List<JsonNode> objects(JsonNode application) {
        String path = application.at("/spec/source/path").asText();
        return path.isEmpty() ? List.of() : manifests(path.substring(path.lastIndexOf('/') + 1));
    }

    /** Its Application of a name. */
    JsonNode application(String name) {
        return applications().stream()
                .filter(each -> each.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s: has no Application %s".formatted(folder, name)));
    }

    private List<JsonNode> manifests(String stack) {
        try (Stream<Path> files = Files.list(folder.resolve(stack))) {
            return files.sorted().map(Dist::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
