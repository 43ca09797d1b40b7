package io.meshwright.construct.observability.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.logs.OtlpSink.Line;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.construct.observability.program.Server;
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

  @TempDir private Path folder;
  private int health;

  @Test
  void the_provider_s_labels_arrive_exactly_and_name_the_service() throws Exception {
    Program collector = Program.of("otelcol-contrib");
    int http = Server.freePort();
    try (OtlpSink loki = new OtlpSink()) {
      Path config = Files.writeString(folder.resolve("collector.yaml"), onLoopback(
          loki.receiving(CollectorConfig.text(Samples.provider())).replace("0.0.0.0:4318", "127.0.0.1:%d".formatted(http))
              .replace("0.0.0.0:4317", "127.0.0.1:%d".formatted(Server.freePort()))));

      try (Server server = collector.start(folder, List.of("--config=%s".formatted(config)))) {
        send(server, http);
        Line line = loki.take(1).get(0);

        assertThat(line.resource()).containsOnlyKeys("pod", "namespace", "app", "instance", "version", "cluster_name",
            "log_type", "service.name").containsEntry("service.name", "hello").containsEntry("namespace", "apps");
        assertThat(line.body()).isEqualTo("GET /a/b/c/hello 200");
      }
    }
  }

  /**
   * Without the API server, which no test machine has: what it would add, the labels of the pod, stays away. And from the
   * beginning of the file, which the agent may find before or after its first look.
   */
  @Test
  void the_agent_names_pod_and_container_and_tells_access_logs_from_others() throws Exception {
    Program collector = Program.of("otelcol-contrib");
    Path logs = Files.createDirectories(folder.resolve("pods/apps_hello-1_0000-1111/istio-proxy"));
    Files.createDirectories(folder.resolve("positions"));
    try (OtlpSink loki = new OtlpSink()) {
      ObjectNode config = (ObjectNode) new YAMLMapper().readTree(loki.receiving(LogAgentConfig.text(Samples.subPaths()))
          .replace("start_at: end", "start_at: beginning")
          .replace(LogAgentConfig.LOGS, folder.resolve("pods").toString())
          .replace(LogAgentConfig.POSITIONS, folder.resolve("positions").toString()));
      config.withObject("/processors").remove("k8s_attributes");
      config.withObject("/service/pipelines/logs").withArray("processors").remove(1);
      Path file = Files.writeString(folder.resolve("agent.yaml"), onLoopback(new YAMLMapper().writeValueAsString(config)));

      try (Server server = collector.start(folder, List.of("--config=%s".formatted(file)))) {
        server.await("http://127.0.0.1:%d/".formatted(health));
        Files.writeString(logs.resolve("0.log"), """
            2026-01-01T00:00:00.000000001Z stdout F [2026-01-01T00:00:00.000Z] "GET / HTTP/1.1" 200 - via_upstream
            2026-01-01T00:00:00.000000002Z stdout F 2026-01-01T00:00:00.000Z info Envoy proxy is ready
            """);
        List<Line> lines = loki.take(2);

        assertThat(lines).extracting(line -> line.resource().get("log_type"))
            .containsExactlyInAnyOrder("access-log", "application-log");
        assertThat(lines.get(0).resource()).containsEntry("namespace", "apps").containsEntry("pod", "hello-1")
            .containsEntry("container", "istio-proxy").containsEntry("service.name", "istio-proxy");
      }
    }
  }

  private String onLoopback(String config) throws Exception {
    health = Server.freePort();
    return config.replace("0.0.0.0:13133", "127.0.0.1:%d".formatted(health)).replace("0.0.0.0", "127.0.0.1")
        .replaceFirst("port: 8888", "port: %d".formatted(Server.freePort()));
  }

  private void send(Server server, int port) throws Exception {
    server.await("http://127.0.0.1:%d/".formatted(health));
    assertThat(server.post("http://127.0.0.1:%d/v1/logs".formatted(port), ENVOY).statusCode()).isEqualTo(200);
  }
}
