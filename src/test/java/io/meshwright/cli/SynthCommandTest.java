package io.meshwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.output.ManifestPath;
import io.meshwright.output.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynthCommandTest {
    private final List<String> read = new ArrayList<>();

    @TempDir
    Path home;

    private int objects = 1;

    @BeforeEach
    void has_two_environments() throws IOException {
        Files.createDirectory(home.resolve("environments"));
        for (String name : List.of("homelab.yaml", "azure.yaml", "schema.json")) {
            Files.createFile(home.resolve("environments").resolve(name));
        }
    }

    @Test
    void renders_every_environment_in_the_order_of_their_names() {
        assertThat(terminal(Map.of()).run("synth")).isZero();
        assertThat(read).containsExactly("azure.yaml", "homelab.yaml");
    }

    @Test
    void renders_only_the_environments_that_are_named() {
        assertThat(terminal(Map.of()).run("synth", "--env", "homelab")).isZero();
        assertThat(read).containsExactly("homelab.yaml");
    }

    @Test
    void refuses_a_name_without_a_file_and_names_those_that_have_one() {
        Terminal terminal = terminal(Map.of());

        assertThat(terminal.run("synth", "--env", "homelab", "--env", "hoemlab"))
                .isEqualTo(2);
        assertThat(terminal.err())
                .isEqualTo("--env: \"hoemlab\" has no file in \"%s\"; use one of azure, homelab\n"
                        .formatted(home.resolve("environments")));
        assertThat(read).isEmpty();
    }

    @Test
    void refuses_a_folder_without_environment_files() {
        Terminal terminal = terminal(Map.of());

        assertThat(terminal.run("synth", "--environments", "nowhere")).isEqualTo(2);
        assertThat(terminal.err())
                .isEqualTo("--environments: \"nowhere\" holds no environment file; name the folder that does\n");
    }

    @Test
    void tells_what_changed_and_names_the_files_when_they_are_few() {
        Terminal terminal = terminal(Map.of());
        terminal.run("synth");
        terminal.run("synth");

        assertThat(terminal.out()).isEqualTo("""
        all: 1 added, 0 changed, 0 removed, 0 unchanged
          + all/mesh/gateway.a.n0.yaml
        all: 0 added, 0 changed, 0 removed, 1 unchanged
        """);
    }

    @Test
    void tells_only_how_many_files_changed_when_they_are_many() {
        objects = 11;
        Terminal terminal = terminal(Map.of());
        terminal.run("synth");

        assertThat(terminal.out()).isEqualTo("all: 11 added, 0 changed, 0 removed, 0 unchanged\n");
    }

    @Test
    void writes_to_the_home_s_dist_unless_told_otherwise() {
        terminal(Map.of()).run("synth");
        assertThat(home.resolve("dist/all/inventory.json")).exists();
    }

    @Test
    void writes_where_the_cdk8s_command_looks_for_manifests() {
        terminal(Map.of("CDK8S_OUTDIR", home.resolve("cdk8s out").toString())).run("synth");
        assertThat(home.resolve("cdk8s out/all/inventory.json")).exists();
        assertThat(home.resolve("dist")).doesNotExist();
    }

    @Test
    void writes_where_the_command_line_says_before_all_else() {
        terminal(Map.of("CDK8S_OUTDIR", home.resolve("cdk8s").toString()))
                .run("synth", "--dist", home.resolve("here").toString());
        assertThat(home.resolve("here/all/inventory.json")).exists();
        assertThat(home.resolve("cdk8s")).doesNotExist();
    }

    @Test
    void refuses_a_foreign_file_in_the_way_with_exit_code_two() throws IOException {
        Path foreign = home.resolve("dist/all/mesh/gateway.a.n0.yaml");
        Files.createDirectories(foreign.getParent());
        Files.createFile(foreign);
        Terminal terminal = terminal(Map.of());

        assertThat(terminal.run("synth")).isEqualTo(2);
        assertThat(terminal.err()).startsWith("%s: stands in the way".formatted(foreign));
        assertThat(foreign).isEmptyFile();
    }

    @Test
    void finishes_an_interrupted_write_before_it_reads_any_environment() throws IOException {
        Path journal = Files.createDirectories(home.resolve("dist/azure/.meshwright-journal"));
        Files.createFile(journal.resolve("inventory.json"));

        assertThat(terminal(Map.of()).run("synth", "--env", "nobody")).isEqualTo(2);
        assertThat(journal).doesNotExist();
    }

    private Terminal terminal(Map<String, String> variables) {
        Map<String, String> all = new TreeMap<>(variables);
        all.put("MESHWRIGHT_HOME", home.toString());
        return new Terminal(all, this::synthesize);
    }

    private ExitCode synthesize(Synthesis.Request request, Console console) throws IOException {
        request.environments().forEach(file -> read.add(file.getFileName().toString()));
        List<OutputFile> files = IntStream.range(0, objects)
                .mapToObj(number -> new OutputFile(
                        ManifestPath.namespaced("mesh", "Gateway", "a", "n" + number),
                        "kind: Gateway\n",
                        "all/" + number))
                .toList();
        return WriteReport.print(request.dist().write(new TreeMap<>(Map.of("all", files))), console);
    }
}
