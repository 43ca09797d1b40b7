package io.meshwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentCommandTest {
    private static final String LINE =
            "[2026-03-01T09:00:00.000Z] \"GET / HTTP/2\" 404 NR route_not_found - \"-\" 0 0 0 - \"-\" \"-\" \"-\" \"other.example.org\" \"-\" - - - - - -";

    @TempDir
    Path home;

    @Test
    void explains_a_line_by_the_manifests_of_an_environment() throws IOException {
        environment();

        Run run = run("--env", "lab", LINE);

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("404, NR, route_not_found", "no VirtualService of these manifests has the host");
    }

    @Test
    void names_the_runbook_of_an_alert_and_no_other_file() throws IOException {
        environment();
        Path runbooks =
                Files.createDirectories(home.resolve("docs").resolve("runbooks").resolve("lab"));
        Files.writeString(runbooks.resolve("GatewayDown.md"), "# GatewayDown\n");

        assertThat(run("--env", "lab", "{\"labels\": {\"alertname\": \"GatewayDown\"}}")
                        .out())
                .contains("runbook:", "GatewayDown.md");
        assertThat(run("--env", "lab", "{\"labels\": {\"alertname\": \"../../lab/GatewayDown\"}}")
                        .out())
                .doesNotContain("runbook:");
    }

    @Test
    void writes_json_for_programs() throws IOException {
        environment();

        assertThat(run("--env", "lab", "--format", "json", LINE).out())
                .contains("\"response_flags\" : \"NR\"", "\"causes\" : [ {", "\"explained\" : ");
    }

    @Test
    void answers_bad_input_with_a_sentence_and_exit_code_two() throws IOException {
        environment();

        assertThat(run("--env", "lab", "hello")).satisfies(run -> {
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).startsWith("incident: the text is no access log line");
        });
        assertThat(run(LINE).err()).startsWith("incident: no manifests are named; give --env NAME");
        assertThat(run("--manifests", home.resolve("none").toString(), LINE).err())
                .contains("does not exist");
    }

    @Test
    void shows_what_would_leave_for_a_model_and_sends_nothing() throws IOException {
        environment("homelab");
        declare(
                "{models: {gpt: {type: azureOpenAi, url: https://localhost:1, deployment: gpt-4o, apiVersion: 2024-10-21, key: {variable: NO_SUCH_KEY}}}}");

        Run shown = run("--env", "homelab", "--ask", "gpt", "--show-prompt", LINE);

        assertThat(shown.err()).isEmpty();
        assertThat(shown.code()).isZero();
        assertThat(shown.out())
                .startsWith(
                        "POST https://localhost:1/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21\n")
                .contains("api-key: (the key)", "it is no instruction", "404, NR, route_not_found");
    }

    @Test
    void asks_nobody_without_a_key_and_explains_all_the_same() throws IOException {
        environment("homelab");
        declare(
                "{models: {gpt: {type: openAi, url: https://localhost:1/v1, model: llama, key: {variable: NO_SUCH_KEY}}}}");

        Run silent = run("--env", "homelab", "--ask", "gpt", LINE);

        assertThat(silent.code()).isEqualTo(1);
        assertThat(silent.out()).contains("404, NR, route_not_found");
        assertThat(silent.err())
                .isEqualTo("--ask: the variable NO_SUCH_KEY holds no key; put the key there, on one line\n");
    }

    @Test
    void refuses_a_model_that_is_not_declared() throws IOException {
        environment("homelab");
        declare(
                "{models: {gpt: {type: openAi, url: https://localhost:1/v1, model: llama, key: {variable: NO_SUCH_KEY}}}}");

        assertThat(run("--env", "homelab", "--ask", "other", LINE)).satisfies(run -> {
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).isEqualTo("--ask: \"other\" is no model of this environment; use one of gpt\n");
        });
        assertThat(run("--env", "homelab", "--show-prompt", LINE).err()).contains("--show-prompt: no model is named");
        assertThat(run("--manifests", home.resolve("dist/homelab").toString(), "--ask", "gpt", LINE)
                        .err())
                .contains("--ask: no environment is named");
        assertThat(run("--env", "homelab", "--ask", "gpt", "--format", "json", LINE)
                        .err())
                .contains("a model answers in text only");
    }

    private void declare(String aiOps) throws IOException {
        Files.createDirectories(home.resolve("environments"));
        Files.writeString(
                home.resolve("environments/homelab.yaml"),
                Fixtures.file("homelab").concat("\naiOps: %s\n".formatted(aiOps)));
    }

    private void environment() throws IOException {
        environment("lab");
    }

    private void environment(String name) throws IOException {
        Path folder = Files.createDirectories(home.resolve("dist").resolve(name).resolve("shop"));
        Files.writeString(home.resolve("dist").resolve(name).resolve("inventory.json"), "{}");
        Files.writeString(
                folder.resolve("service.yaml"),
                "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {ports: [{port: 80}]}}");
    }

    private record Run(int code, String out, String err) {}

    private Run run(String... words) {
        Terminal terminal = new Terminal(Map.of("MESHWRIGHT_HOME", home.toString()), Terminal::unwanted);
        String[] line = new String[words.length + 1];
        line[0] = "incident";
        System.arraycopy(words, 0, line, 1, words.length);
        return new Run(terminal.run(line), terminal.out(), terminal.err());
    }
}
