package io.meshwright;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.cli.Commands;
import io.meshwright.receipt.Inputs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.jsii.KernelMessages;

/** What is rendered again and what is not: an object is only made when cdk8s' process is asked to. */
class PipelineTest {
    private static final Path EGOV = Path.of("environments/egov.yaml");
    private static final Path HOMELAB = Path.of("environments/homelab.yaml");

    @TempDir
    Path home;

    private final Map<String, String> variables = new HashMap<>();

    /** Nothing is kept of a program that was compiled a moment ago. */
    @BeforeAll
    static void waits_for_the_program_to_settle() throws InterruptedException {
        while (!Inputs.of(Map.of()).map(Inputs::settled).orElse(true)) {
            Thread.sleep(100);
        }
    }

    @BeforeEach
    void synthesizes_an_environment() throws IOException {
        Files.createDirectory(home.resolve("environments"));
        Files.writeString(home.resolve(EGOV), Fixtures.file("egov"));
        variables.put("MESHWRIGHT_HOME", home.toString());
        variables.put("XDG_CACHE_HOME", home.resolve("cache").toString());
        assertThat(synth().code()).isZero();
    }

    @Test
    void renders_nothing_when_nothing_changed_and_says_the_same() {
        Run again = synth();
        Run fresh = synth("--fresh");

        assertThat(again).isEqualTo(new Run(0, fresh.printed(), 0));
        assertThat(fresh.rendered()).isTrue();
        assertThat(again.printed()).contains("egov: 0 added, 0 changed, 0 removed,");
    }

    @Test
    void tells_findings_again_that_forbid_nothing() throws IOException {
        String plain = Fixtures.file("homelab").replaceAll("(?s)\n    - port: 443.*?(?=\n\n)", "");
        assertThat(plain).isNotEqualTo(Fixtures.file("homelab"));
        Files.writeString(home.resolve(HOMELAB), plain);
        synth();

        Run again = synth();
        Run fresh = synth("--fresh");

        assertThat(again).isEqualTo(new Run(0, fresh.printed(), 0));
        assertThat(again.printed())
                .contains("warning MESH", "0 errors, 1 warning, 0 notes")
                .containsPattern("    from: \\S+/environments/homelab\\.yaml:\\d+:\\d+ [a-z]+");
    }

    @Test
    void puts_right_what_was_edited_or_deleted_by_hand() throws IOException {
        Path manifest = anyManifest();
        String text = Files.readString(manifest);

        Files.writeString(manifest, text.replace("kind:", "# mine\nkind:"));
        assertThat(synth()).matches(Run::rendered).matches(run -> run.printed().contains("1 changed"));
        assertThat(manifest).hasContent(text);

        Files.delete(manifest);
        assertThat(synth()).matches(Run::rendered).matches(run -> run.printed().contains("1 added"));
        assertThat(manifest).hasContent(text);

        Files.delete(home.resolve("dist/egov/inventory.json"));
        assertThat(synth().code())
                .as("files that no inventory lists are not ours")
                .isEqualTo(2);
    }

    @Test
    void renders_only_the_environment_that_changed() throws IOException {
        Files.writeString(home.resolve(HOMELAB), Fixtures.file("homelab"));
        int both = synth("--fresh").messages();
        Files.writeString(home.resolve(HOMELAB), Fixtures.file("homelab") + "# a remark\n");

        assertThat(synth("--env", "egov").rendered()).isFalse();
        assertThat(synth().messages()).isPositive().isLessThan(both);

        Files.writeString(home.resolve(HOMELAB), Fixtures.file("homelab").replace("replicas: 2", "replicas: 3"));
        assertThat(synth().printed())
                .contains("egov: 0 added, 0 changed", "homelab: 0 added, ")
                .doesNotContain("homelab: 0 added, 0 changed");
    }

    @Test
    void refuses_a_copy_that_would_overwrite_what_it_was_copied_from() throws IOException {
        Files.writeString(
                home.resolve("environments/egov-dev.yaml"),
                Fixtures.file("egov").replace("1.0.0", "1.1.0"));

        Run one = synth("--env", "egov-dev");
        Run fresh = synth("--fresh");

        assertThat(fresh.code()).isEqualTo(2);
        assertThat(one.printed())
                .isEqualTo(fresh.printed())
                .matches(
                        "(?s).*environments/egov-dev\\.yaml:\\d+:\\d+ metadata\\.name: \"egov\" would be written to the"
                                + " folder of egov\\.yaml; write \"egov-dev\", or rename the file to egov\\.yaml\nsee: meshwright explain metadata.name\n");
        assertThat(synth("--env", "egov").rendered())
                .as("the other one is right")
                .isFalse();
    }

    @Test
    void refuses_two_files_that_are_delivered_from_one_place() throws IOException {
        Files.writeString(
                home.resolve("environments/egov-dev.yaml"),
                Fixtures.file("egov")
                        .replace("{name: egov,", "{name: egov-dev,")
                        .replaceFirst("(?m)^(  repository: .*)$", "$1\n  path: dist/egov"));

        assertThat(synth("--env", "egov-dev"))
                .matches(run -> run.code() == 2)
                .matches(run -> run.printed().contains("delivery.path: \"dist/egov\" of https://")
                        && run.printed().contains("is where egov.yaml is delivered from too"));
    }

    @Test
    void refuses_what_two_files_of_one_cluster_cannot_both_have() throws IOException {
        String copy = Fixtures.file("egov").replace("{name: egov,", "{name: egov-dev,");
        Files.writeString(home.resolve("environments/egov-dev.yaml"), copy);
        assertThat(synth("--env", "egov-dev").code())
                .as("clusters without a name are not compared")
                .isZero();

        Files.writeString(
                home.resolve("environments/egov-dev.yaml"),
                copy.replace("\ncluster:\n", "\ncluster:\n  name: seoul\n"));
        Files.writeString(
                home.resolve(EGOV), Fixtures.file("egov").replace("\ncluster:\n", "\ncluster:\n  name: seoul\n"));

        Run run = synth("--env", "egov-dev");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.printed().lines().map(line -> line.replaceFirst("^\\S+/environments/", "")))
                .containsExactly(
                        "egov-dev.yaml:8:3 cluster.name: \"seoul\" is the cluster of egov.yaml, whose Applications (gateway,"
                                + " mesh, services, ...) have the same names; write both into one file, or name the"
                                + " cluster that this one is for",
                        "egov-dev.yaml:56:3 namespaces.egov-app: \"egov-app\" is a namespace of egov.yaml too, in the same"
                                + " cluster; give each its own",
                        "egov-dev.yaml:57:3 namespaces.egov-infra: \"egov-infra\" is a namespace of egov.yaml too, in the"
                                + " same cluster; give each its own",
                        "egov-dev.yaml:63:42 gateway.listeners[0].hosts[0]: \"*\" is a host of egov.yaml too, in the same"
                                + " cluster; give each its own",
                        "egov-dev.yaml:95:3 observability.namespace: \"egov-monitoring\" is a namespace of egov.yaml too,"
                                + " in the same cluster; give each its own",
                        "see: meshwright explain cluster.name",
                        "see: meshwright explain 'namespaces.*'",
                        "see: meshwright explain 'gateway.listeners[].hosts'",
                        "see: meshwright explain observability.namespace");
    }

    @Test
    void renders_again_when_a_base_or_the_images_changed() throws IOException {
        Path base = home.resolve("environments/base.yaml");
        String head = "apiVersion: meshwright.io/v1\nkind: EnvironmentBase\n";
        Files.writeString(base, head);
        Files.writeString(home.resolve(EGOV), Fixtures.file("egov") + "extends: [base.yaml]\n");
        synth();
        assertThat(synth())
                .matches(run -> !run.rendered())
                .matches(run -> run.printed().contains("egov.yaml: with "));

        Files.writeString(base, head + "resilience: {timeout: 9s}\n");
        assertThat(synth()).matches(Run::rendered).matches(run -> run.code() == 0);

        Path images = Files.createDirectory(home.resolve("environments/images")).resolve("egov.yaml");
        Files.writeString(images, "egov-hello: docker.io/egovframe/egov-hello:1.0.9\n");
        assertThat(synth()).matches(Run::rendered).matches(run -> run.printed().contains("1 changed"));
        assertThat(synth().rendered()).isFalse();
    }

    @Test
    void refuses_a_wrong_file_beside_one_that_did_not_change_and_writes_nothing() throws IOException {
        Files.writeString(home.resolve(HOMELAB), "kind: Environment\n");
        Files.delete(anyManifest());

        Run run = synth();

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.printed()).contains("homelab.yaml").doesNotContain("egov: ");
        assertThat(anyManifest()).doesNotExist();
    }

    @Test
    void a_dry_run_says_what_a_key_would_change_and_leaves_everything_as_it_is() throws IOException {
        Path deployment = home.resolve("dist/egov/mesh/telemetry.istio-system.mesh-default.yaml");
        String before = Files.readString(deployment);

        assertThat(synth("--dry-run")).matches(run -> run.code() == 0);
        assertThat(synth("--dry-run", "--set", "services.egov-hello.scale.replicas=4"))
                .matches(run -> run.code() == 3)
                .matches(run -> run.printed().contains("  ~ egov/services/"));
        assertThat(Files.readString(deployment)).isEqualTo(before);
        assertThat(synth().rendered()).as("what is known of the last run").isFalse();
    }

    @Test
    void renders_into_another_dist_for_itself() {
        assertThat(synth("--dist", home.resolve("other").toString()).rendered()).isTrue();
        assertThat(home.resolve("other/egov/inventory.json")).exists();
        assertThat(synth("--dist", home.resolve("other").toString()).rendered()).isFalse();
    }

    @Test
    void renders_every_time_where_nothing_can_be_kept() throws IOException {
        variables.put(
                "XDG_CACHE_HOME", Files.createFile(home.resolve("no-folder")).toString());

        assertThat(synth()).isEqualTo(synth()).matches(Run::rendered);
    }

    private record Run(int code, String printed, int messages) {
        boolean rendered() {
            return messages > 0;
        }
    }

    private Run synth(String... options) {
        String[] arguments = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("synth"), java.util.Arrays.stream(options))
                .toArray(String[]::new);
        StringWriter printed = new StringWriter();
        CommandLine line = Commands.line(
                variables, new Pipeline(variables), () -> "", Pages::of, (files, console) -> Optional.empty());
        line.setOut(new PrintWriter(printed)).setErr(new PrintWriter(printed));
        try (KernelMessages messages = new KernelMessages()) {
            int code = line.execute(arguments);
            return new Run(code, printed.toString(), messages.all());
        }
    }

    private Path anyManifest() {
        return home.resolve("dist/egov/mesh/telemetry.istio-system.mesh-default.yaml");
    }
}
