package io.meshwright.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worked example as an outside Maven project: it finds our jars in a repository, and the distribution runs it. */
@Tag("distribution")
class ShopExtrasProjectTest {
    @Test
    void is_built_by_maven_and_run_by_the_distribution(@TempDir Path temporary) throws Exception {
        Unpacked unpacked = Unpacked.in(temporary);
        Path project = unpacked.repository().resolve("shop-extras");
        copy(PackagesTest.ROOT.resolve("examples/shop-extras"), project);
        Path repository = repository(
                temporary.resolve("repository"), PackagesTest.textOf(PackagesTest.pom("pom.xml"), "version"));

        // Not offline: who depends on us gets versions of others' libraries that our own build never loads.
        Unpacked.Run build = unpacked.command(
                Map.of("HOME", System.getProperty("user.home")),
                "mvn",
                "-B",
                "-Dmaven.repo.local=%s".formatted(repository),
                "-f",
                project.resolve("pom.xml").toString(),
                "package");
        assertThat(build.code()).as(build.out()).isZero();

        Unpacked.Run synth = unpacked.run(
                Map.of("XDG_CACHE_HOME", unpacked.cache().toString()),
                "synth",
                "--environments",
                project.resolve("environments").toString(),
                "--dist",
                project.resolve("dist").toString(),
                "--extensions",
                project.resolve("target/shop-extras.jar").toString());
        assertThat(synth.code()).as(synth.err()).isZero();
        assertThat(project.resolve("dist/shop/extras/deployment.shop.thumbnails.yaml"))
                .exists();
    }

    /** The local repository as links, with ours as a release would publish it. */
    private static Path repository(Path folder, String version) throws IOException {
        Path local = Path.of(System.getProperty(
                "maven.repo.local", System.getProperty("user.home").concat("/.m2/repository")));
        links(local, folder, "io");
        links(local.resolve("io"), folder.resolve("io"), "meshwright");
        publish(folder, "meshwright", "src", version);
        publish(folder, "meshwright-imports", "imports", version);
        Path parent = folder.resolve("io/meshwright/meshwright-parent/%s".formatted(version));
        Files.createDirectories(parent);
        Files.copy(PackagesTest.ROOT.resolve("pom.xml"), parent.resolve("meshwright-parent-%s.pom".formatted(version)));
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

    private static void publish(Path repository, String artifact, String module, String version) throws IOException {
        Path folder = repository.resolve("io/meshwright/%s/%s".formatted(artifact, version));
        Files.createDirectories(folder);
        Path built = PackagesTest.ROOT.resolve(module);
        Files.copy(built.resolve("pom.xml"), folder.resolve("%s-%s.pom".formatted(artifact, version)));
        Files.copy(
                built.resolve("target/%s.jar".formatted(artifact)),
                folder.resolve("%s-%s.jar".formatted(artifact, version)));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(each -> !each.startsWith(from.resolve("target")))
                    .toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
