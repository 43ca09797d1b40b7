package io.meshwright;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.cli.Commands;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PromoteTest {
    private static final String CART = "registry.example.org/shop/cart:1.9.0";

    @TempDir
    Path home;

    private final StringWriter printed = new StringWriter();

    @BeforeEach
    void has_the_example() throws IOException {
        Path environments = Files.createDirectory(home.resolve("environments"));
        for (String name : new String[] {"base", "dev", "stage", "prod"}) {
            Files.copy(Path.of("../docs/examples/shop").resolve(name + ".yaml"), environments.resolve(name + ".yaml"));
        }
    }

    @Test
    void replaces_images_in_the_file_that_has_them_and_keeps_the_rest() throws IOException {
        String prod = file("prod") + "# kept\n";
        write(
                "prod",
                prod.replace(
                        "scale: {replicas: 4},", "scale: {replicas: 4}, container: {image: \"a.b/c/web:2.0.0\"},"));

        assertThat(promote("dev", "prod")).isZero();

        assertThat(file("prod"))
                .isEqualTo(prod.replace(
                        "scale: {replicas: 4},",
                        "scale: {replicas: 4}, container: {image: \"registry.example.org/shop/web:2.2.0-rc.1\"},"));
        assertThat(printed.toString())
                .contains(
                        "prod.yaml:10\n-  web: {scale", "a.b/c/web:2.0.0\"}", "\n+  web: {scale", "web:2.2.0-rc.1\"}");
        assertThat(promote("dev", "prod")).isZero();
        assertThat(printed.toString()).endsWith("prod: runs the images of dev already\n");
    }

    @Test
    void writes_what_a_base_gave_into_the_file_of_images() throws IOException {
        Files.createDirectory(home.resolve("environments/images"));
        write("images/prod", "# by the pipeline\ncart: %s # kept\n".formatted(CART.replace("1.9.0", "1.8.9")));
        write("images/stage", "cart: %s\n".formatted(CART));

        assertThat(promote("stage", "prod")).isZero();
        assertThat(file("images/prod")).isEqualTo("# by the pipeline\ncart: %s # kept\n".formatted(CART));

        assertThat(promote("dev", "stage")).isZero();
        assertThat(file("images/stage"))
                .isEqualTo(
                        "cart: registry.example.org/shop/cart:1.8.3\nweb: registry.example.org/shop/web:2.2.0-rc.1\n");
        assertThat(Fixtures.synth(home, "--env", "stage")).matches(run -> run.code() == 0);
        assertThat(home.resolve("dist/stage/services/rollout.shop.web.yaml"))
                .content()
                .contains("web:2.2.0-rc.1");
    }

    @Test
    void refuses_what_is_no_environment_or_wrong() throws IOException {
        assertThat(promote("dev", "base")).isEqualTo(2);
        assertThat(printed.toString()).contains("promote: \"base\" has no file in");
        write("prod", "kind: Environment\n");
        assertThat(promote("dev", "prod")).isEqualTo(2);
        assertThat(printed.toString()).contains("prod.yaml:1:1 metadata: is missing");
        assertThat(file("prod")).isEqualTo("kind: Environment\n");
    }

    private int promote(String from, String to) {
        CommandLine line = Commands.line(
                Map.of("MESHWRIGHT_HOME", home.toString()),
                new Pipeline(Map.of()),
                () -> "",
                Pages::of,
                (files, console) -> Optional.empty());
        line.setOut(new PrintWriter(printed)).setErr(new PrintWriter(printed));
        return line.execute("promote", from, to);
    }

    private String file(String name) throws IOException {
        return Files.readString(home.resolve("environments/%s.yaml".formatted(name)));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(home.resolve("environments/%s.yaml".formatted(name)), text);
    }
}
