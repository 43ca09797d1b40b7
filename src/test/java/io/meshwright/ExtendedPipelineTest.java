package io.meshwright;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.extension.ExtensionJar;
import io.meshwright.receipt.Inputs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.jsii.KernelMessages;

/** What commands make of an environment with an extension: the cache, pages and plans. */
class ExtendedPipelineTest {
    @TempDir
    Path home;

    private Path jar;

    @BeforeAll
    static void waits_for_the_program_to_settle() throws InterruptedException {
        while (!Inputs.of(Map.of()).map(Inputs::settled).orElse(true)) {
            Thread.sleep(100);
        }
    }

    @BeforeEach
    void has_an_environment_with_an_extension() throws IOException {
        Files.createDirectories(home.resolve("environments"));
        Files.writeString(
                home.resolve("environments/shop.yaml"),
                Files.readString(Path.of("test/resources/agreement/base.yaml")) + "extensions: [com.example.Extras]\n");
        jar = home.resolve("extras.jar");
        build("one");
        assertThat(run("synth")).matches(ended -> ended.code() == 0);
    }

    @Test
    void every_byte_of_the_jar_decides_whether_it_is_rendered_again() throws IOException {
        assertThat(run("synth").messages()).as("nothing changed").isZero();

        build("two");
        Run changed = run("synth");

        assertThat(changed.messages()).isPositive();
        assertThat(changed.printed()).contains("1 changed");
        assertThat(home.resolve("dist/shop/extras/configmap.shop.terms.yaml"))
                .content()
                .contains("text: two");
        assertThat(run("synth").messages()).isZero();
    }

    @Test
    void pages_tell_of_what_it_adds() throws IOException {
        Run docs = run("docs");

        assertThat(docs.code()).as(docs.printed()).isZero();
        assertThat(home.resolve("docs").resolve("routes/shop.md")).content().contains("terms.example.org");
        Files.delete(jar);
        assertThat(run("docs"))
                .matches(ended -> ended.code() == 2)
                .matches(ended -> ended.printed().contains("does not exist; build it first"));
    }

    @Test
    void plan_runs_it_only_where_it_is_told_to() throws IOException {
        build("two");

        Run refused = run("plan");
        assertThat(refused.code()).as(refused.printed()).isEqualTo(2);
        assertThat(refused.printed())
                .contains(
                        "extensions[0]: \"com.example.Extras\" makes a part of this environment, and no Java class of an"
                                + " environment is run here; give --run-extensions where you trust it");

        Run planned = run("plan", "--run-extensions");
        assertThat(planned.code()).as(planned.printed()).isZero();
        assertThat(planned.printed()).contains("terms");
    }

    private void build(String text) throws IOException {
        ExtensionJar.of(Map.of("com.example.Extras", """
                        package com.example;
                        import io.meshwright.construct.traffic.*;
                        import io.meshwright.extension.*;
                        import io.meshwright.value.*;
                        import io.meshwright.value.traffic.*;
                        import java.util.Map;
                        import org.cdk8s.*;
                        import org.cdk8s.plus34.*;
                        public final class Extras implements EnvironmentExtension {
                          @Override public void extend(Platform platform) {
                            Chart extras = new Chart(platform.app(), "extras");
                            new ConfigMap(extras, "terms", ConfigMapProps.builder()
                                .metadata(ApiObjectMetadata.builder().name("terms").namespace("shop").build())
                                .data(Map.of("text", "TEXT")).build());
                            platform.gateway().expose(platform.service(Name.of("web")), "terms.example.org");
                          }
                        }
                        """.replace("TEXT", text))).write(jar, "com.example.Extras");
    }

    private record Run(int code, String printed, int messages) {}

    private Run run(String... arguments) {
        Map<String, String> variables = Map.of(
                "MESHWRIGHT_HOME",
                home.toString(),
                "XDG_CACHE_HOME",
                home.resolve("cache").toString(),
                "MESHWRIGHT_EXTENSIONS",
                jar.toString());
        StringWriter printed = new StringWriter();
        CommandLine line = Main.line(variables, arguments);
        line.setOut(new PrintWriter(printed)).setErr(new PrintWriter(printed));
        try (KernelMessages messages = new KernelMessages()) {
            int code = line.execute(arguments);
            return new Run(code, printed.toString(), messages.all());
        }
    }
}
