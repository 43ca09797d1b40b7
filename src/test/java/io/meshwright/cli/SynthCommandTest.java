package io.meshwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.cli.option.Setting;
import io.meshwright.output.ManifestPath;
import io.meshwright.output.Outcome;
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
    private String written = "azure";
    private List<Setting> settings = List.of();

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
        azure: 1 added, 0 changed, 0 removed, 0 unchanged
          + azure/mesh/gateway.a.n0.yaml
        azure: 0 added, 0 changed, 0 removed, 1 unchanged
        """);
    }

    @Test
    void tells_only_how_many_files_changed_when_they_are_many() {
        objects = 11;
        Terminal terminal = terminal(Map.of());
        terminal.run("synth");

        assertThat(terminal.out()).isEqualTo("azure: 11 added, 0 changed, 0 removed, 0 unchanged\n");
    }

    @Test
    void writes_to_the_home_s_dist_unless_told_otherwise() {
        terminal(Map.of()).run("synth");
        assertThat(home.resolve("dist/azure/inventory.json")).exists();
    }

    @Test
    void writes_where_the_cdk8s_command_looks_for_manifests() {
        terminal(Map.of("CDK8S_OUTDIR", home.resolve("cdk8s out").toString())).run("synth");
        assertThat(home.resolve("cdk8s out/azure/inventory.json")).exists();
        assertThat(home.resolve("dist")).doesNotExist();
    }

    @Test
    void writes_where_the_command_line_says_before_all_else() {
        terminal(Map.of("CDK8S_OUTDIR", home.resolve("cdk8s").toString()))
                .run("synth", "--dist", home.resolve("here").toString());
        assertThat(home.resolve("here/azure/inventory.json")).exists();
        assertThat(home.resolve("cdk8s")).doesNotExist();
    }

    @Test
    void refuses_a_foreign_file_in_the_way_with_exit_code_two() throws IOException {
        Path foreign = home.resolve("dist/azure/mesh/gateway.a.n0.yaml");
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

    @Test
    void tells_what_is_left_of_an_environment_whose_file_is_gone() throws IOException {
        terminal(Map.of()).run("synth");
        Files.delete(home.resolve("environments/azure.yaml"));
        Path page = Files.createDirectories(home.resolve("docs/posture")).resolve("azure.md");
        Files.createFile(page);
        Path map = Files.createDirectories(home.resolve("docs/map")).resolve("azure.html");
        Files.createFile(map);
        written = "homelab";
        Terminal terminal = terminal(Map.of());

        assertThat(terminal.run("synth", "--env", "homelab")).isZero();
        assertThat(terminal.run("synth")).isEqualTo(4);
        assertThat(terminal.err()).isEqualTo("""
                    %s: there is no environment file "azure" any more; remove what was written for it with synth --prune, or restore the file
                    %s: describes "azure", which has no environment file; remove it
                    %s: describes "azure", which has no environment file; remove it
                    """.formatted(home.resolve("dist/azure"), map, page));
        assertThat(home.resolve("dist/homelab/inventory.json")).exists();
        assertThat(home.resolve("dist/azure/mesh/gateway.a.n0.yaml")).exists();
    }

    @Test
    void prunes_what_the_inventory_lists_and_nothing_else() throws IOException {
        terminal(Map.of()).run("synth");
        Files.delete(home.resolve("environments/azure.yaml"));
        Path foreign = Files.createFile(home.resolve("dist/azure/README.md"));
        written = "homelab";
        Terminal terminal = terminal(Map.of());

        assertThat(terminal.run("synth", "--prune")).isZero();
        assertThat(terminal.out()).endsWith("""
            azure: 0 added, 0 changed, 1 removed, 0 unchanged
              - azure/mesh/gateway.a.n0.yaml
            """);
        assertThat(home.resolve("dist/azure")).isDirectoryContaining(foreign::equals);
        assertThat(home.resolve("dist/azure").toFile().list()).hasSize(1);
        assertThat(terminal.run("synth")).isZero();
    }

    @Test
    void prunes_the_whole_folder_where_nothing_else_stands() throws IOException {
        terminal(Map.of()).run("synth");
        Files.delete(home.resolve("environments/azure.yaml"));
        written = "homelab";

        assertThat(terminal(Map.of()).run("synth", "--prune")).isZero();
        assertThat(home.resolve("dist/azure")).doesNotExist();
        assertThat(terminal(Map.of()).run("synth", "--prune", "--env", "homelab"))
                .isEqualTo(2);
    }

    @Test
    void refuses_files_that_would_be_forgotten() throws IOException {
        Path below = Files.createDirectories(home.resolve("environments/eu"));
        Files.writeString(below.resolve("west.yaml"), "# a copy\nkind: Environment\n");
        Files.writeString(below.resolve("other.yaml"), "kind: Deployment\n");
        Files.createFile(home.resolve("environments/shop.yml"));
        Files.writeString(below.resolve("base.yaml"), "kind: EnvironmentBase # of all\n");
        Files.createDirectories(home.resolve("environments/.cache"));
        Files.createFile(home.resolve("environments/.cache/x.yml"));
        Terminal terminal = terminal(Map.of());

        assertThat(terminal.run("synth")).isEqualTo(2);
        assertThat(terminal.err().lines())
                .containsExactly(
                        "%s: no environment is read in a folder below; move it to %s, or make it a base (kind: EnvironmentBase)"
                                .formatted(below.resolve("west.yaml"), home.resolve("environments/west.yaml")),
                        "%1$s/shop.yml: only files that end in .yaml are read; rename it to %1$s/shop.yaml"
                                .formatted(home.resolve("environments")));
        assertThat(read).isEmpty();
    }

    @Test
    void renders_no_base() throws IOException {
        Files.writeString(home.resolve("environments/base.yaml"), "apiVersion: x\nkind: EnvironmentBase\n");

        assertThat(terminal(Map.of()).run("synth")).isZero();
        assertThat(read).containsExactly("azure.yaml", "homelab.yaml");
    }

    @Test
    void renders_every_environment_in_one_of_the_parts() throws IOException {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            Files.createFile(home.resolve("environments/%s.yaml".formatted(name)));
        }
        for (int parts = 1; parts <= 9; parts++) {
            read.clear();
            for (int part = 1; part <= parts; part++) {
                assertThat(terminal(Map.of()).run("synth", "--shard", "%d/%d".formatted(part, parts)))
                        .isZero();
            }
            assertThat(read)
                    .containsExactlyInAnyOrder(
                            "a.yaml", "azure.yaml", "b.yaml", "c.yaml", "d.yaml", "e.yaml", "homelab.yaml");
        }
    }

    @Test
    void refuses_what_is_no_part_and_prunes_no_part() {
        for (String wrong : List.of("0/2", "3/2", "2", "a/b", "1/1001")) {
            Terminal terminal = terminal(Map.of());
            assertThat(terminal.run("synth", "--shard", wrong)).isEqualTo(2);
            assertThat(terminal.err()).contains("--shard: \"%s\" is no part; write K/N".formatted(wrong));
        }
        assertThat(terminal(Map.of()).run("synth", "--shard", "1/2", "--prune")).isEqualTo(2);
        assertThat(read).isEmpty();
    }

    @Test
    void takes_keys_of_the_command_line_for_a_dist_outside_the_repository(@TempDir Path outside) {
        Terminal terminal = terminal(Map.of());

        assertThat(terminal.run("synth", "--set", "a.b=1")).isEqualTo(2);
        assertThat(terminal.err()).contains("--set: the next synth would undo it in dist");
        assertThat(terminal.run("synth", "--set", "a[0]=1", "--dist", outside.toString()))
                .isEqualTo(2);
        assertThat(terminal.run(
                        "synth", "--set", "a.b=1", "--set", "h[\"x.y\"].c={d: =}", "--dist", outside.toString()))
                .isZero();
        assertThat(settings)
                .containsExactly(new Setting(List.of("a", "b"), "1"), new Setting(List.of("h", "x.y", "c"), "{d: =}"));
    }

    @Test
    void a_dry_run_lists_what_would_change_and_writes_nothing() throws IOException {
        objects = 11;
        Terminal terminal = terminal(Map.of());

        assertThat(terminal.run("synth", "--dry-run", "--set", "a.b=1")).isEqualTo(3);
        assertThat(terminal.out())
                .startsWith("azure: 11 added, 0 changed, 0 removed, 0 unchanged\n  + azure/mesh/gateway.a.n0.yaml\n")
                .contains("  + azure/mesh/gateway.a.n10.yaml\n");
        assertThat(settings).containsExactly(new Setting(List.of("a", "b"), "1"));
        assertThat(home.resolve("dist")).doesNotExist();

        terminal.run("synth");
        assertThat(terminal.run("synth", "--dry-run")).isZero();
        Path inventory = home.resolve("dist/azure/inventory.json");
        Files.writeString(inventory, Files.readString(inventory).replace("azure/0\"", "azure/zero\""));
        Terminal again = terminal(Map.of());
        assertThat(again.run("synth", "--dry-run")).isEqualTo(3);
        assertThat(again.out()).endsWith("\n  ~ azure/inventory.json\n");
    }

    @Test
    void a_dry_run_prunes_nothing_and_mends_no_interrupted_write() throws IOException {
        terminal(Map.of()).run("synth");
        Files.delete(home.resolve("environments/azure.yaml"));
        written = "homelab";
        terminal(Map.of()).run("synth");
        Path journal = Files.createDirectories(home.resolve("dist/homelab/.meshwright-journal"));
        Files.createFile(journal.resolve("inventory.json"));

        Terminal told = terminal(Map.of());
        assertThat(told.run("synth", "--dry-run")).isEqualTo(4);
        assertThat(told.err()).contains("there is no environment file \"azure\" any more");
        Terminal pruned = terminal(Map.of());
        assertThat(pruned.run("synth", "--dry-run", "--prune")).isEqualTo(3);
        assertThat(pruned.out()).contains("  - azure/mesh/gateway.a.n0.yaml");
        assertThat(home.resolve("dist/azure/mesh/gateway.a.n0.yaml")).exists();
        assertThat(journal.resolve("inventory.json")).exists();
    }

    @Test
    void takes_images_of_environments_and_of_nothing_else() throws IOException {
        Path images = Files.createDirectories(home.resolve("environments/images"));
        Files.createFile(images.resolve("azure.yaml"));
        assertThat(terminal(Map.of()).run("synth")).isZero();

        Files.createFile(images.resolve("azzure.yaml"));
        assertThat(terminal(Map.of()).run("synth")).isEqualTo(2);
    }

    @Test
    void refuses_a_file_in_the_place_of_dist() throws IOException {
        Path file = Files.createFile(home.resolve("taken"));
        Terminal terminal = terminal(Map.of());

        assertThat(terminal.run("synth", "--dist", file.resolve("dist").toString()))
                .isEqualTo(2);
        assertThat(terminal.err()).isEqualTo("--dist: \"%s\" is a file; name a folder\n".formatted(file));
        assertThat(read).isEmpty();
    }

    private Terminal terminal(Map<String, String> variables) {
        Map<String, String> all = new TreeMap<>(variables);
        all.put("MESHWRIGHT_HOME", home.toString());
        return new Terminal(all, this::synthesize);
    }

    private ExitCode synthesize(Synthesis.Request request, Console console) throws IOException {
        settings = request.settings();
        request.environments().forEach(file -> read.add(file.getFileName().toString()));
        List<OutputFile> files = IntStream.range(0, objects)
                .mapToObj(number -> new OutputFile(
                        ManifestPath.namespaced("mesh", "Gateway", "a", "n" + number),
                        "kind: Gateway\n",
                        "azure/" + number))
                .toList();
        Outcome outcome = request.dist().write(new TreeMap<>(Map.of(written, files)));
        return request.dist().isDry() ? WriteReport.preview(outcome, console) : WriteReport.print(outcome, console);
    }
}
