package io.meshwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapCommandTest {
    @TempDir
    Path home;

    @Test
    void writes_one_page_of_an_environment_or_of_anybodys_manifests() throws IOException {
        Path folder = Files.createDirectories(home.resolve("dist/lab/shop"));
        Files.writeString(home.resolve("dist/lab/inventory.json"), "{}");
        Files.writeString(
                folder.resolve("service.yaml"),
                "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {ports: [{port: 80}]}}");
        Path page = home.resolve("map.html");

        assertThat(run("--env", "lab").code()).isZero();
        assertThat(page).content().contains("<title>Map of lab</title>", "service web.shop.svc.cluster.local");
        assertThat(run(folder.toString()).code()).isZero();
        assertThat(page).content().contains("<title>Map of %s</title>".formatted(folder));
    }

    @Test
    void answers_bad_input_with_a_sentence_and_exit_code_two() throws IOException {
        Files.createDirectories(home.resolve("dist"));

        assertThat(run()).isEqualTo(new Run(2, "map: no manifests are named; give --env NAME, or files or folders\n"));
        assertThat(run("--env", "lab", "other").told())
                .isEqualTo("map: \"other\" is named beside --env lab; give either --env NAME or paths\n");
        assertThat(run("--env", "lab").told())
                .isEqualTo("env: \"lab\" has no folder in dist; name an environment that was synthesized\n");
        assertThat(run(home.resolve("none").toString()).told()).contains("does not exist; name a file or folder");
    }

    private record Run(int code, String told) {}

    private Run run(String... words) {
        Terminal terminal = new Terminal(Map.of("MESHWRIGHT_HOME", home.toString()), Terminal::unwanted);
        String[] line = new String[words.length + 3];
        line[0] = "map";
        line[1] = "--output";
        line[2] = home.resolve("map.html").toString();
        System.arraycopy(words, 0, line, 3, words.length);
        return new Run(terminal.run(line), terminal.err());
    }
}
