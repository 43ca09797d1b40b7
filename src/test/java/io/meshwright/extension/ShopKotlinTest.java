package io.meshwright.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worked example in Kotlin, built by Maven as an outside project whose warnings are errors. */
class ShopKotlinTest {
    @TempDir
    private static Path temporary;

    private static Path project;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        project = OutsideProject.copy("shop-kotlin", temporary.resolve("shop-kotlin"));
        assertThat(OutsideProject.build(project, temporary)).contains("BUILD SUCCESS");
    }

    @Test
    void an_extension_is_rendered_checked_and_delivered() {
        Fixtures.Run run = Fixtures.synth(
                project,
                "--extensions",
                project.resolve("target/shop-kotlin.jar").toString()
                        + File.pathSeparator
                        + project.resolve("target/lib"));

        assertThat(run.code()).as(run.printed()).isZero();
        Path dist = project.resolve("dist/shop");
        assertThat(dist.resolve("reviews/deployment.shop.reviews.yaml"))
                .content()
                .contains("team: reviews", "disk: ssd", "memory: 16Mi", "value: fast", "path: /healthz");
        assertThat(dist.resolve("gateway/virtualservice.shop.reviews-example-org.yaml"))
                .content()
                .contains("host: reviews.shop.svc.cluster.local");
        assertThat(dist.resolve("argocd/application.argocd.reviews.yaml")).exists();
    }

    @Test
    void an_app_of_its_own_is_written() throws Exception {
        Path written = temporary.resolve("app");
        try (URLClassLoader loader = new URLClassLoader(jars())) {
            loader.loadClass("com.example.shop.ShopKt")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[] {written.toString()});
        }

        try (Stream<Path> files = Files.list(written)) {
            assertThat(files)
                    .singleElement()
                    .satisfies(file -> assertThat(file)
                            .content()
                            .contains("kind: Deployment", "kind: Gateway", "kind: VirtualService"));
        }
    }

    private static URL[] jars() throws IOException {
        List<URL> jars = new ArrayList<>(
                List.of(project.resolve("target/shop-kotlin.jar").toUri().toURL()));
        try (Stream<Path> lib = Files.list(project.resolve("target/lib"))) {
            for (Path jar : lib.toList()) {
                jars.add(jar.toUri().toURL());
            }
        }
        return jars.toArray(URL[]::new);
    }
}
