package io.meshwright.construct.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.alerts.AlertCatalogue;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.construct.observability.program.Server;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.platform.release.ImageAddOn;
import io.meshwright.value.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusConfigTest {
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final Version RENDERED = Samples.version(ImageAddOn.PROMETHEUS);
    private static final List<Settings> ALL = List.of(Samples.subPaths(), Samples.hosts(), Samples.provider());

    @TempDir
    private Path folder;

    private int port;

    @Test
    void keeps_by_time_and_by_four_fifths_of_the_volume() throws Exception {
        JsonNode retention = config(Samples.subPaths()).at("/storage/tsdb/retention");

        assertThat(retention.path("time").asText()).isEqualTo("15d");
        assertThat(retention.path("size").asText()).isEqualTo("16384MB");
    }

    @Test
    void hands_alerts_to_alertmanager_below_its_prefix() throws Exception {
        JsonNode target = config(Samples.subPaths()).at("/alerting/alertmanagers/0");

        assertThat(target.path("path_prefix").asText()).isEqualTo("/alertmanager");
        assertThat(target.at("/static_configs/0/targets/0").asText()).isEqualTo("alertmanager.monitoring.svc:9093");
        assertThat(config(Samples.hosts())
                        .at("/alerting/alertmanagers/0/path_prefix")
                        .asText())
                .isEqualTo("/");
    }

    @Test
    void scrapes_annotated_pods_but_istiod_only_by_its_own_job() throws Exception {
        JsonNode jobs = config(Samples.subPaths()).path("scrape_configs");

        assertThat(jobs.findValuesAsText("job_name"))
                .containsExactlyElementsOf(
                        Stream.of(ScrapeJob.values()).map(ScrapeJob::label).toList());
        assertThat(jobs.at("/0/relabel_configs/1").toString()).isEqualTo("""
            {"source_labels":["__meta_kubernetes_pod_label_app"],"regex":"istiod","action":"drop"}""");
    }

    @Test
    void asks_no_pod_that_has_ended() throws Exception {
        JsonNode jobs = config(Samples.subPaths()).path("scrape_configs");

        assertThat(jobs)
                .filteredOn(
                        job -> job.at("/kubernetes_sd_configs/0/role").asText().equals("pod"))
                .hasSize(3)
                .allSatisfy(job ->
                        assertThat(job.path("relabel_configs").toString()).contains("""
            {"source_labels":["__meta_kubernetes_pod_phase"],"regex":"Pending|Succeeded|Failed","action":"drop"}"""));
    }

    @Test
    void is_told_its_public_address_and_its_route() {
        assertThat(PrometheusConfig.arguments(Samples.subPaths()))
                .contains(
                        "--web.external-url=https://monitoring.example.org/prometheus",
                        "--web.route-prefix=/prometheus")
                .noneMatch(argument -> argument.contains("enable-lifecycle"));
    }

    @Test
    void the_annotations_of_a_spring_application_name_its_actuator() {
        assertThat(ScrapeAnnotations.springBoot(8080))
                .containsEntry("prometheus.io/port", "8080")
                .containsEntry("prometheus.io/path", "/actuator/prometheus")
                .containsEntry("prometheus.io/scrape", "true");
    }

    @Test
    void promtool_accepts_the_rules_and_what_every_version_knows_of_the_file() throws Exception {
        Program promtool = Program.of("promtool");
        for (Settings settings : ALL) {
            YAML.writeValue(folder.resolve("prometheus.yaml").toFile(), knownToAll(config(settings)));
            Files.writeString(folder.resolve("rules.yaml"), RecordingRules.text(settings));

            Program.Answer config = promtool.run(folder, "check", "config", "--syntax-only", "prometheus.yaml");
            Program.Answer rules = promtool.run(folder, "check", "rules", "--lint=all", "--lint-fatal", "rules.yaml");

            assertThat(config.exit()).as(config.output()).isZero();
            assertThat(rules.exit()).as(rules.output()).isZero();
        }
    }

    @Test
    void promtool_accepts_the_whole_file() throws Exception {
        Program promtool = Program.rendered("promtool", RENDERED, "storage.tsdb.retention and kubernetes_sd_configs");
        for (Settings settings : ALL) {
            // The service account's files exist in the pod only.
            Path token = Files.writeString(folder.resolve("token"), "of no cluster");
            Files.writeString(
                    folder.resolve("prometheus.yaml"),
                    PrometheusConfig.text(settings)
                            .replace("/var/run/secrets/kubernetes.io/serviceaccount/token", token.toString()));

            Program.Answer answer = promtool.run(folder, "check", "config", "prometheus.yaml");

            assertThat(answer.exit()).as(answer.output()).isZero();
        }
    }

    /** The jobs that ask an API server are left out: there is none on loopback. */
    @Test
    void prometheus_starts_below_its_prefix_and_loads_every_rule() throws Exception {
        Program prometheus = Program.of("prometheus");
        try (Server server = prometheus.start(folder, arguments(knownToAll(config(Samples.subPaths()))))) {
            server.await("%s/-/ready".formatted(url()));
            String rules = server.await("%s/api/v1/rules?type=alert".formatted(url()), "\"success\"");

            assertThat(new ObjectMapper().readTree(rules).path("data").findValuesAsText("query"))
                    .hasSameSizeAs(AlertCatalogue.of(Samples.subPaths()).alerts());
        }
    }

    @Test
    void prometheus_keeps_what_the_file_says() throws Exception {
        Program prometheus = Program.rendered("prometheus", RENDERED, "storage.tsdb.retention");
        ObjectNode config = config(Samples.subPaths());
        config.withArray("scrape_configs").removeIf(job -> job.has("kubernetes_sd_configs"));
        try (Server server = prometheus.start(folder, arguments(config))) {
            server.await("%s/-/ready".formatted(url()));

            assertThat(server.await("%s/api/v1/status/runtimeinfo".formatted(url()), "storageRetention"))
                    .contains("\"storageRetention\":\"15d or 16GiB\"");
        }
    }

    private String url() {
        return "http://127.0.0.1:%d/prometheus".formatted(port);
    }

    /** Those of the pod, with its files and its volume in the test's folder. */
    private List<String> arguments(ObjectNode config) throws Exception {
        Settings settings = Samples.subPaths();
        Path rules = Files.createDirectories(folder.resolve("rules"));
        Files.writeString(rules.resolve("recording.yaml"), RecordingRules.text(settings));
        for (Map.Entry<String, String> file :
                AlertCatalogue.of(settings).ruleFiles().entrySet()) {
            Files.writeString(rules.resolve(file.getKey()), file.getValue());
        }
        config.putArray("rule_files").add("%s/*.yaml".formatted(rules));
        YAML.writeValue(folder.resolve("prometheus.yaml").toFile(), config);
        List<String> arguments = new ArrayList<>(PrometheusConfig.arguments(settings));
        arguments.replaceAll(argument -> argument.replace("/etc/prometheus/config", folder.toString())
                .replace(
                        "tsdb.path=%s".formatted(PrometheusConfig.DATA),
                        "tsdb.path=%s".formatted(folder.resolve("data"))));
        port = Server.freePort();
        arguments.add("--web.listen-address=127.0.0.1:%d".formatted(port));
        return arguments;
    }

    /** Without what 3.11 brought, and without the discovery that Debian leaves out of its build. */
    private static ObjectNode knownToAll(ObjectNode config) {
        config.remove("storage");
        config.withArray("scrape_configs").removeIf(job -> job.has("kubernetes_sd_configs"));
        return config;
    }

    private static ObjectNode config(Settings settings) throws Exception {
        return (ObjectNode) YAML.readTree(PrometheusConfig.text(settings));
    }
}
