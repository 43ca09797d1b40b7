package io.meshwright.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worked example, compiled by itself; as an outside Maven project it is built where the release is tried. */
class ShopExtrasTest {
    private static final Path PROJECT = Path.of("../examples/shop-extras");
    private static final String NAME = "com.example.shop.Extras";

    @Test
    void is_rendered_checked_and_delivered(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve("environments"));
        Files.copy(PROJECT.resolve("environments/shop.yaml"), home.resolve("environments/shop.yaml"));
        Path jar = ExtensionJar.of(
                        Map.of(NAME, Files.readString(PROJECT.resolve("src/main/java/com/example/shop/Extras.java"))))
                .write(
                        home.resolve("extras.jar"),
                        Files.readString(PROJECT.resolve(
                                        "src/main/resources/META-INF/services/" + EnvironmentExtension.class.getName()))
                                .strip());

        Fixtures.Run run = Fixtures.synth(home, "--extensions", jar.toString());

        assertThat(run.code()).as(run.printed()).isZero();
        Path dist = home.resolve("dist/shop");
        assertThat(dist.resolve("extras/deployment.shop.thumbnails.yaml"))
                .content()
                .contains("mountPath: /etc/terms", "name: thumbnail-terms", "serviceAccountName: thumbnails");
        assertThat(dist.resolve("extras/authorizationpolicy.shop.thumbnails-callers.yaml"))
                .content()
                .contains("sa/web", "sa/istio-ingressgateway");
        assertThat(dist.resolve("gateway/virtualservice.shop.thumbnails-example-org.yaml"))
                .content()
                .contains("- shop/edge", "host: thumbnails.shop.svc.cluster.local");
        assertThat(dist.resolve("argocd/application.argocd.extras.yaml")).exists();
    }
}
