package io.meshwright.construct.observability.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.construct.observability.program.Server;
import io.meshwright.construct.observability.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertmanagerConfigTest {
    @TempDir
    private Path folder;

    @Test
    void sends_critical_alerts_to_a_channel_of_their_own() throws Exception {
        JsonNode config = config();

        assertThat(config.at("/route/receiver").asText()).isEqualTo("warning");
        assertThat(config.at("/route/routes/0/matchers/0").asText()).isEqualTo("severity=\"critical\"");
        assertThat(config.at("/receivers/1/slack_configs/0/channel").asText()).isEqualTo("#alerts-critical");
    }

    @Test
    void reads_the_webhook_from_a_mounted_secret() throws Exception {
        assertThat(config().at("/global/slack_api_url_file").asText()).isEqualTo("/etc/alertmanager/secrets/url");
        assertThat(AlertmanagerConfig.text(Samples.subPaths())).doesNotContain("hooks.slack.com");
    }

    @Test
    void notifies_nobody_where_no_channel_is_given() {
        assertThat(AlertmanagerConfig.text(Samples.provider()))
                .doesNotContain("slack")
                .contains("name: critical", "name: warning");
    }

    @Test
    void hides_only_alerts_that_exist() throws Exception {
        List<String> names = AlertCatalogue.of(Samples.watched()).alerts().stream()
                .map(Alert::name)
                .toList();

        assertThat(StreamSupport.stream(config().path("inhibit_rules").spliterator(), false)
                        .flatMap(rule ->
                                Arrays.stream((rule.at("/source_matchers/0").asText() + "|"
                                                + rule.at("/target_matchers/0").asText())
                                        .replaceAll("alertname=~?|\"", "")
                                        .split("\\|"))))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(names).contains(name));
    }

    @Test
    void amtool_accepts_the_file_and_routes_by_severity() throws Exception {
        Program amtool = Program.of("amtool");
        Files.writeString(folder.resolve("alertmanager.yaml"), AlertmanagerConfig.text(Samples.subPaths()));
        Files.writeString(folder.resolve("silent.yaml"), AlertmanagerConfig.text(Samples.provider()));

        Program.Answer check = amtool.run(folder, "check-config", "alertmanager.yaml", "silent.yaml");
        Program.Answer route = amtool.run(
                folder,
                "config",
                "routes",
                "test",
                "--config.file=alertmanager.yaml",
                "--verify.receivers=critical",
                "severity=critical");

        assertThat(check.exit()).as(check.output()).isZero();
        assertThat(route.exit()).as(route.output()).isZero();
    }

    @Test
    void alertmanager_starts_below_its_prefix_with_the_rendered_arguments() throws Exception {
        Program alertmanager = Program.of("alertmanager");
        Settings settings = Samples.subPaths();
        Path webhook = Files.writeString(folder.resolve("url"), "http://127.0.0.1:9/");
        Files.writeString(
                folder.resolve("alertmanager.yaml"),
                AlertmanagerConfig.text(settings).replace("/etc/alertmanager/secrets/url", webhook.toString()));
        int port = Server.freePort();
        List<String> arguments = new ArrayList<>(AlertmanagerConfig.arguments(settings));
        arguments.replaceAll(argument -> argument.replace("/etc/alertmanager/config", folder.toString())
                .replace(
                        "storage.path=%s".formatted(AlertmanagerConfig.DATA),
                        "storage.path=%s".formatted(folder.resolve("data"))));
        arguments.add("--web.listen-address=127.0.0.1:%d".formatted(port));

        try (Server server = alertmanager.start(folder, arguments)) {
            assertThat(server.await("http://127.0.0.1:%d/alertmanager/-/ready".formatted(port)))
                    .contains("OK");
            assertThat(server.await(
                            "http://127.0.0.1:%d/alertmanager/metrics".formatted(port), "alertmanager_build_info"))
                    .contains("alertmanager_config_last_reload_successful 1");
        }
    }

    @Test
    void a_warning_that_a_graph_explains_leads_to_it() throws Exception {
        assertThat(config().at("/receivers/0/slack_configs/0/text").asText())
                .contains("{{ with .Annotations.graph_url }} (<{{ . }}|graph>){{ end }}");
        assertThat(AlertmanagerConfig.text(Samples.subPaths())).doesNotContain("graph_url", "Unusual");
    }

    @Test
    void what_is_unusual_is_kept_back_while_the_service_breaks_its_promise() throws Exception {
        Program alertmanager = Program.of("alertmanager");
        Path webhook = Files.writeString(folder.resolve("url"), "http://127.0.0.1:9/");
        Path file = Files.writeString(
                folder.resolve("alertmanager.yaml"),
                AlertmanagerConfig.text(Samples.watched())
                        .replace("/etc/alertmanager/secrets/url", webhook.toString()));
        int port = Server.freePort();
        String alerts = "http://127.0.0.1:%d/api/v2/alerts".formatted(port);

        try (Server server = alertmanager.start(
                folder,
                List.of(
                        "--config.file=%s".formatted(file),
                        "--storage.path=%s".formatted(folder.resolve("data")),
                        "--cluster.listen-address=",
                        "--web.listen-address=127.0.0.1:%d".formatted(port)))) {
            server.await("http://127.0.0.1:%d/-/ready".formatted(port));
            String raised = "[%s,%s,%s]"
                    .formatted(
                            alert("ServiceErrorBudgetBurnsFast", "cart"),
                            alert("ServiceErrorsUnusual", "cart"),
                            alert("ServiceErrorsUnusual", "store"));
            assertThat(server.post(alerts, raised).statusCode()).isEqualTo(200);

            assertThat(server.await(alerts.concat("?active=false&inhibited=true"), "ServiceErrorsUnusual"))
                    .contains("cart")
                    .doesNotContain("store");
        }
    }

    private static String alert(String name, String service) {
        return """
            {"labels": {"alertname": "%s", "destination_service_namespace": "shop", "destination_service_name": "%s"}}\
            """.formatted(name, service);
    }

    private static JsonNode config() throws Exception {
        return new YAMLMapper().readTree(AlertmanagerConfig.text(Samples.watched()));
    }
}
