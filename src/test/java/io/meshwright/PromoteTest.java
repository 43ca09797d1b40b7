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
    void brings_images_of_versions_to_where_they_are_written() throws IOException {
        released("dev", "image: a.b/c/web:2.0.0");
        released("prod", "image: a.b/c/web:1.9.0");
        String before = file("prod");

        assertThat(promote("dev", "prod")).isZero();

        assertThat(file("prod")).isEqualTo(before.replace("a.b/c/web:1.9.0", "a.b/c/web:2.0.0"));
        assertThat(file("images/prod")).isEqualTo("web: registry.example.org/shop/web:2.2.0-rc.1\n");
        assertThat(Fixtures.synth(home, "--env", "prod")).matches(run -> run.code() == 0);
    }

    @Test
    void refuses_a_version_whose_image_the_file_does_not_have_and_names_one_that_is_missing() throws IOException {
        released("dev", "image: a.b/c/web:2.0.0");
        released("prod", "");
        String before = file("prod");

        assertThat(promote("dev", "prod")).isEqualTo(2);

        assertThat(printed.toString())
                .contains(
                        "prod.yaml:11:",
                        "services.web.release.versions[1].image: version v2 of web runs the service's image here, and"
                                + " a.b/c/web:2.0.0 in dev; write it there");
        assertThat(file("prod")).isEqualTo(before);
        assertThat(home.resolve("environments/images")).doesNotExist();

        released("dev", "image: a.b/c/web:2.0.0");
        write("prod", Files.readString(Path.of("../docs/examples/shop/prod.yaml")));
        assertThat(promote("dev", "prod")).isZero();
        assertThat(printed.toString())
                .contains("prod: has no version v2 of web; write it into its release where prod shall run it");
    }

    /** The example's environment, in which two versions of web run side by side. */
    private void released(String name, String second) throws IOException {
        String release =
                "release: {type: blueGreen, active: v1, versions: [{name: v1}, {name: v2, %s}]}".formatted(second);
        String text = Files.readString(Path.of("../docs/examples/shop/%s.yaml".formatted(name)));
        write(
                name,
                name.equals("dev")
                        ? text.replace("release: null", release)
                        : text.replace(
                                "scale: {replicas: 4},",
                                "scale: {replicas: 4},\n    ".concat(release).concat(",")));
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
