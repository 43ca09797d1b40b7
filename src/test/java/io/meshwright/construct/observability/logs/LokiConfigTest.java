package io.meshwright.construct.observability.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.dashboards.DashboardQueries;
import io.meshwright.construct.observability.dashboards.GrafanaConfig;
import io.meshwright.construct.observability.dashboards.Source;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.construct.observability.program.Server;
import io.meshwright.construct.observability.settings.Settings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LokiConfigTest {
    /** As the collector passes a line on: the provider's labels are those of the resource. */
    private static final String COLLECTED = """
      {"resourceLogs": [{
        "resource": {"attributes": [
          {"key": "pod", "value": {"stringValue": "hello-1"}}, {"key": "namespace", "value": {"stringValue": "apps"}},
          {"key": "app", "value": {"stringValue": "hello"}}, {"key": "instance", "value": {"stringValue": "hello-1"}},
          {"key": "version", "value": {"stringValue": "v1"}},
          {"key": "service.name", "value": {"stringValue": "hello"}},
          {"key": "cluster_name", "value": {"stringValue": "sample-cluster"}},
          {"key": "log_type", "value": {"stringValue": "access-log"}}]},
        "scopeLogs": [{"logRecords": [{
          "timeUnixNano": "%d", "body": {"stringValue": "GET /a/b/c/hello 200"},
          "attributes": [{"key": "path", "value": {"stringValue": "/a/b/c/hello"}}]}]}]}]}""";

    /** Two lines of one trace, one naming it beside its text and one in it, and a line of another. */
    private static final String TRACED = """
      {"resourceLogs": [{
        "resource": {"attributes": [{"key": "namespace", "value": {"stringValue": "apps"}}]},
        "scopeLogs": [{"logRecords": [
          {"timeUnixNano": "%2$d", "traceId": "%1$s", "spanId": "eee19b7ec3c1b174", "body": {"stringValue": "beside"}},
          {"timeUnixNano": "%2$d", "body": {"stringValue": "in its text traceId=%1$s"}},
          {"timeUnixNano": "%2$d", "body": {"stringValue": "of another"}}]}]}]}""";

    @TempDir
    private Path folder;

    private int port;

    @Test
    void deletes_after_the_retention_and_has_what_that_takes() throws Exception {
        JsonNode config = config(Samples.subPaths());

        assertThat(config.at("/limits_config/retention_period").asText()).isEqualTo("168h");
        assertThat(config.at("/compactor/retention_enabled").asBoolean()).isTrue();
        assertThat(config.at("/compactor/delete_request_store").asText()).isEqualTo("filesystem");
        assertThat(config.at("/schema_config/configs/0/index/period").asText()).isEqualTo("24h");
        assertThat(config.at("/schema_config/configs/0/store").asText()).isEqualTo("tsdb");
        assertThat(config.at("/schema_config/configs/0/schema").asText()).isEqualTo("v13");
    }

    @Test
    void everything_that_is_written_lies_on_the_volume() {
        assertThat(LokiConfig.text(Samples.subPaths()).lines().filter(line -> line.contains(": /")))
                .isNotEmpty()
                .allMatch(line -> line.contains(": /loki"));
    }

    @Test
    void indexes_the_labels_of_agents_and_of_the_access_log_provider() throws Exception {
        List<String> labels = labels(Samples.provider());

        assertThat(labels)
                .contains("pod", "namespace", "app", "instance", "version", "cluster_name", "log_type", "container")
                .doesNotHaveDuplicates()
                .hasSizeLessThanOrEqualTo(15);
        assertThat(labels(Samples.subPaths())).doesNotContain("cluster_name");
    }

    @Test
    void loki_parses_every_query_of_the_dashboards() throws Exception {
        Program loki = Program.of("loki");
        List<String> queries = DashboardQueries.of(Source.LOKI).distinct().toList();

        try (Server server = loki.start(folder, arguments())) {
            server.await("%s/ready".formatted(url()));
            assertThat(queries)
                    .isNotEmpty()
                    .allSatisfy(query -> assertThat(
                                    server.get("%s/loki/api/v1/format_query?query=%s".formatted(url(), encoded(query)))
                                            .statusCode())
                            .as(query)
                            .isEqualTo(200));
            assertThat(server.get("%s/loki/api/v1/format_query?query=%s".formatted(url(), encoded("{app=")))
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void a_trace_leads_to_lines_that_name_it_in_their_text_and_to_those_that_name_it_beside() throws Exception {
        Program loki = Program.of("loki");
        String trace = "5b8efff798038103d269b633813fc60c";
        String query = new YAMLMapper()
                .readTree(GrafanaConfig.dataSources(Samples.provider()))
                .at("/datasources/2/jsonData/tracesToLogsV2/query")
                .asText()
                .replace("$${__trace.traceId}", trace);

        try (Server server = loki.start(folder, arguments())) {
            server.await("%s/ready".formatted(url()));
            String lines = TRACED.formatted(trace, System.currentTimeMillis() * 1_000_000);
            assertThat(server.post("%s/otlp/v1/logs".formatted(url()), lines).statusCode())
                    .isEqualTo(204);

            String found =
                    server.await("%s/loki/api/v1/query_range?query=%s".formatted(url(), encoded(query)), "beside");
            assertThat(found).contains("in its text").doesNotContain("of another");
        }
    }

    @Test
    void loki_accepts_the_file_stores_a_line_and_finds_it_by_every_label_of_the_provider() throws Exception {
        Program loki = Program.of("loki");
        List<String> arguments = arguments();
        assertThat(loki.run(folder, arguments.get(0), "-verify-config").exit()).isZero();
        try (Server server = loki.start(folder, arguments)) {
            server.await("%s/ready".formatted(url()));
            String line = COLLECTED.formatted(System.currentTimeMillis() * 1_000_000);
            assertThat(server.post("%s/otlp/v1/logs".formatted(url()), line).statusCode())
                    .isEqualTo(204);

            String series = server.await(
                    "%s/loki/api/v1/series?match%%5B%%5D=%%7Blog_type%%3D%%22access-log%%22%%7D".formatted(url()),
                    "access-log");
            JsonNode labels = new ObjectMapper().readTree(series).at("/data/0");
            assertThat(labels.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder(
                            "pod",
                            "namespace",
                            "app",
                            "instance",
                            "version",
                            "cluster_name",
                            "log_type",
                            "service_name");
        }
    }

    private String url() {
        return "http://127.0.0.1:%d".formatted(port);
    }

    /** Those of the rendered configuration, on loopback and with its volume in the test's folder. */
    private List<String> arguments() throws Exception {
        port = Server.freePort();
        Path file = Files.writeString(
                folder.resolve("loki.yaml"),
                LokiConfig.text(Samples.provider())
                        .replace(": /loki", ": %s".formatted(folder))
                        .replace("http_listen_port: 3100", "http_listen_port: %d".formatted(port))
                        .replace("grpc_listen_port: 9095", "grpc_listen_port: %d".formatted(Server.freePort())));
        return RealLoki.arguments(file);
    }

    private static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8);
    }

    private static List<String> labels(Settings settings) throws Exception {
        JsonNode attributes =
                config(settings).at("/limits_config/otlp_config/resource_attributes/attributes_config/0/attributes");
        return StreamSupport.stream(attributes.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static JsonNode config(Settings settings) throws Exception {
        return new YAMLMapper().readTree(LokiConfig.text(settings));
    }

    @Test
    void what_the_pattern_ingester_finds_is_written_down_where_it_is_on() throws Exception {
        JsonNode on = config(Samples.watched());

        assertThat(on.at("/pattern_ingester/enabled").asBoolean()).isTrue();
        assertThat(on.at("/pattern_ingester/pattern_persistence/loki_address").asText())
                .isEqualTo("127.0.0.1:3100");
        assertThat(on.at("/limits_config/pattern_persistence_enabled").asBoolean())
                .isTrue();
        assertThat(on.at("/pattern_ingester/retain_for").asText())
                .isEqualTo(
                        on.at("/limits_config/pattern_persistence_granularity").asText());
        assertThat(on.at("/limits_config/pattern_rate_threshold").asText("unset"))
                .as("kinds of lines that come seldom are written down too")
                .isEqualTo("0");
        assertThat(LokiConfig.text(Samples.subPaths())).doesNotContain("pattern");
    }
}
