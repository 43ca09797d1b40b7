package io.meshwright.construct.observability.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.logs.OtlpSink.Line;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.construct.observability.program.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines through the real collector with the rendered configuration: what arrives is what Loki would index. */
class LogPathTest {
    /** As Envoy sends a line: labels of the provider as attributes of the record, and a resource that says nothing. */
    private static final String ENVOY = """
      {"resourceLogs": [{"resource": {}, "scopeLogs": [{"logRecords": [{
        "timeUnixNano": "1700000000000000000",
        "body": {"stringValue": "GET /a/b/c/hello 200"},
        "attributes": [
          {"key": "pod", "value": {"stringValue": "hello-1"}}, {"key": "namespace", "value": {"stringValue": "apps"}},
          {"key": "app", "value": {"stringValue": "hello"}}, {"key": "instance", "value": {"stringValue": "hello-1"}},
          {"key": "version", "value": {"stringValue": "v1"}},
          {"key": "cluster_name", "value": {"stringValue": "sample-cluster"}},
          {"key": "log_type", "value": {"stringValue": "access-log"}}]}]}]}]}""";

    @TempDir
    private Path folder;

    private int health;

    @Test
    void the_provider_s_labels_arrive_exactly_and_name_the_service() throws Exception {
        Program collector = Program.of("otelcol-contrib");
        int http = Server.freePort();
        try (OtlpSink loki = new OtlpSink()) {
            Path config = Files.writeString(
                    folder.resolve("collector.yaml"),
                    onLoopback(loki.receiving(CollectorConfig.text(Samples.provider()))
                            .replace("0.0.0.0:4318", "127.0.0.1:%d".formatted(http))
                            .replace("0.0.0.0:4317", "127.0.0.1:%d".formatted(Server.freePort()))));

            try (Server server = collector.start(folder, List.of("--config=%s".formatted(config)))) {
                send(server, http);
                Line line = loki.take(1).get(0);

                assertThat(line.resource())
                        .containsOnlyKeys(
                                "pod",
                                "namespace",
                                "app",
                                "instance",
                                "version",
                                "cluster_name",
                                "log_type",
                                "service.name")
                        .containsEntry("service.name", "hello")
                        .containsEntry("namespace", "apps");
                assertThat(line.body()).isEqualTo("GET /a/b/c/hello 200");
            }
        }
    }

    @Test
    void the_agent_names_pod_and_container_and_tells_access_logs_from_others() throws Exception {
        Program collector = Program.of("otelcol-contrib");
        Path logs = container("istio-proxy");
        try (OtlpSink loki = new OtlpSink();
                Server server = collector.start(folder, List.of("--config=%s".formatted(agent(loki))))) {
            server.await("http://127.0.0.1:%d/".formatted(health));
            Files.writeString(logs.resolve("0.log"), """
          2026-01-01T00:00:00.000000001Z stdout F [2026-01-01T00:00:00.000Z] "GET / HTTP/1.1" 200 - via_upstream
          2026-01-01T00:00:00.000000002Z stdout F 2026-01-01T00:00:00.000Z info Envoy proxy is ready
          """);
            List<Line> lines = loki.take(2);

            assertThat(lines)
                    .extracting(line -> line.resource().get("log_type"))
                    .containsExactlyInAnyOrder("access-log", "application-log");
            assertThat(lines.get(0).resource())
                    .containsEntry("namespace", "apps")
                    .containsEntry("pod", "hello-1")
                    .containsEntry("container", "istio-proxy")
                    .containsEntry("service.name", "istio-proxy");
        }
    }

    @Test
    void a_java_exception_is_one_entry() throws Exception {
        Program collector = Program.of("otelcol-contrib");
        Path logs = container("hello");
        try (OtlpSink loki = new OtlpSink();
                Server server = collector.start(folder, List.of("--config=%s".formatted(agent(loki))))) {
            server.await("http://127.0.0.1:%d/".formatted(health));
            Files.writeString(logs.resolve("0.log"), """
          2026-01-01T00:00:00.000000001Z stdout F ERROR cannot store: java.lang.IllegalStateException: closed
          2026-01-01T00:00:00.000000002Z stdout F \tat org.example.Store.put(Store.java:7)
          2026-01-01T00:00:00.000000003Z stdout F Caused by: java.io.IOException: full
          2026-01-01T00:00:00.000000004Z stdout F \t... 3 more
          2026-01-01T00:00:00.000000005Z stdout F INFO started
          """);

            assertThat(loki.take(2)).extracting(Line::body).containsExactlyInAnyOrder("""
          ERROR cannot store: java.lang.IllegalStateException: closed
          \tat org.example.Store.put(Store.java:7)
          Caused by: java.io.IOException: full
          \t... 3 more""", "INFO started");
        }
    }

    @Test
    void lines_wait_on_the_node_for_a_loki_that_starts_even_when_the_agent_is_replaced_meanwhile() throws Exception {
        Program collector = Program.of("otelcol-contrib");
        Path logs = container("hello");
        try (OtlpSink loki = new OtlpSink()) {
            loki.ready(false);
            List<String> arguments = List.of("--config=%s".formatted(agent(loki)));
            try (Server first = collector.start(folder, arguments)) {
                first.await("http://127.0.0.1:%d/".formatted(health));
                Files.writeString(logs.resolve("0.log"), "2026-01-01T00:00:00.000000001Z stdout F early\n");
                assertThat(loki.hasRefused()).isTrue();
            }
            loki.ready(true);

            try (Server second = collector.start(folder, arguments)) {
                assertThat(loki.take(1))
                        .as(second.output())
                        .extracting(Line::body)
                        .containsExactly("early");
            }
        }
    }

    private Path container(String name) throws IOException {
        return Files.createDirectories(folder.resolve("pods/apps_hello-1_0000-1111/%s".formatted(name)));
    }

    /**
     * The agent's configuration without the API server, which no test machine has: what it would add, the labels of the
     * pod, stays away. And from the beginning of the file, which the agent may find before or after its first look.
     */
    private Path agent(OtlpSink loki) throws Exception {
        Files.createDirectories(folder.resolve("positions"));
        ObjectNode config = (ObjectNode) new YAMLMapper()
                .readTree(loki.receiving(LogAgentConfig.text(Samples.subPaths()))
                        .replace("start_at: end", "start_at: beginning")
                        .replace(LogAgentConfig.LOGS, folder.resolve("pods").toString())
                        .replace(
                                LogAgentConfig.POSITIONS,
                                folder.resolve("positions").toString()));
        config.withObject("/processors").remove("k8s_attributes");
        config.withObject("/service/pipelines/logs").withArray("processors").remove(1);
        return Files.writeString(folder.resolve("agent.yaml"), onLoopback(new YAMLMapper().writeValueAsString(config)));
    }

    private String onLoopback(String config) throws Exception {
        health = Server.freePort();
        return config.replace("0.0.0.0:13133", "127.0.0.1:%d".formatted(health))
                .replace("0.0.0.0", "127.0.0.1")
                .replaceFirst("port: 8888", "port: %d".formatted(Server.freePort()));
    }

    private void send(Server server, int port) throws Exception {
        server.await("http://127.0.0.1:%d/".formatted(health));
        assertThat(server.post("http://127.0.0.1:%d/v1/logs".formatted(port), ENVOY)
                        .statusCode())
                .isEqualTo(200);
    }
}
