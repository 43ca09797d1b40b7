package io.meshwright.construct.observability.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.construct.observability.program.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRulesTest {
    @TempDir
    private Path folder;

    private int loki;

    @Test
    void counts_the_own_lines_of_every_watched_service() throws Exception {
        JsonNode rules = new YAMLMapper()
                .readTree(LogRules.files(Samples.watched()).get("log-lines.yaml"))
                .at("/groups/0/rules");

        assertThat(rules.findValuesAsText("destination_service_name")).containsExactly("cart", "chat", "edge");
        assertThat(rules.at("/0/expr").asText())
                .isEqualTo("sum(rate({namespace=\"shop\",app=\"cart\",log_type=\"application-log\","
                        + "container!=\"istio-proxy\"}[5m]))");
    }

    @Test
    void counts_failures_and_their_messages_of_every_service_that_is_read() throws Exception {
        JsonNode rules = new YAMLMapper()
                .readTree(LogRules.files(Samples.watched()).get("log-messages.yaml"))
                .at("/groups/0");

        assertThat(rules.path("interval").asText()).isEqualTo("3m");
        assertThat(rules.at("/rules").findValuesAsText("record"))
                .hasSize(6)
                .containsOnly("service:log_messages:count15m", "service:log_failures:count15m");
        assertThat(rules.at("/rules/0/expr").asText())
                .startsWith("topk(5, sum by (exception, template) (count_over_time({namespace=\"shop\",app=\"cart\","
                        + "log_type=\"application-log\",container!=\"istio-proxy\"} |~ `")
                .endsWith("[15m])))");
        assertThat(rules.at("/rules/1/expr").asText()).endsWith("[15m])) or vector(0)");
        assertThat(rules.at("/rules/0/labels").toString())
                .isEqualTo("{\"destination_service_namespace\":\"shop\",\"destination_service_name\":\"cart\"}");
    }

    @Test
    void loki_computes_nothing_where_nothing_looks_ahead() {
        assertThat(LogRules.files(Samples.subPaths())).isEmpty();
        assertThat(LokiConfig.text(Samples.subPaths())).doesNotContain("ruler");
    }

    @Test
    void what_loki_counts_arrives_in_prometheus() throws Exception {
        Program lokis = Program.of("loki");
        Program prometheus = Program.of("prometheus");
        int port = Server.freePort();
        try (Server store = prometheus.start(
                        Files.createDirectories(folder.resolve("prometheus")),
                        List.of(
                                "--config.file=%s".formatted(Files.writeString(folder.resolve("empty.yaml"), "")),
                                "--storage.tsdb.path=%s".formatted(folder.resolve("prometheus/data")),
                                "--web.route-prefix=/prometheus",
                                "--web.enable-remote-write-receiver",
                                "--web.listen-address=127.0.0.1:%d".formatted(port)));
                Server logs = lokis.start(folder, arguments(port))) {
            store.await("http://127.0.0.1:%d/prometheus/-/ready".formatted(port));
            logs.await("http://127.0.0.1:%d/ready".formatted(loki));
            for (int i = 0; i < 60; i++) {
                long now = System.currentTimeMillis() * 1_000_000;
                logs.post("http://127.0.0.1:%d/otlp/v1/logs".formatted(loki), RealLoki.line(now, "started"));
                logs.post(
                        "http://127.0.0.1:%d/otlp/v1/logs".formatted(loki),
                        RealLoki.line(now, "ERROR java.lang.IllegalStateException: cannot store 'a%d'".formatted(i)));
            }

            assertThat(store.await(
                            "http://127.0.0.1:%d/prometheus/api/v1/query?query=service:log_lines:rate5m"
                                    .formatted(port),
                            "\"destination_service_name\":\"cart\""))
                    .contains("\"destination_service_namespace\":\"shop\"");
            assertThat(store.await(
                            "http://127.0.0.1:%d/prometheus/api/v1/query?query=service:log_messages:count15m"
                                    .formatted(port),
                            "java.lang.IllegalStateException"))
                    .contains("\"template\":\"cannot store #\"");
            assertThat(store.await(
                            "http://127.0.0.1:%d/prometheus/api/v1/query?query=service:log_failures:count15m"
                                    .formatted(port),
                            "\"destination_service_name\":\"edge\""))
                    .contains("\"0\"");
        }
    }

    /** Those of the rendered configuration, on loopback, with rules and volume in the test's folder. */
    private List<String> arguments(int prometheus) throws IOException {
        loki = Server.freePort();
        Path rules = Files.createDirectories(folder.resolve("rules/fake"));
        for (Map.Entry<String, String> file : LogRules.files(Samples.watched()).entrySet()) {
            Files.writeString(
                    rules.resolve(file.getKey()), file.getValue().replaceAll("interval: [13]m", "interval: 5s"));
        }
        Path file = Files.writeString(
                folder.resolve("loki.yaml"),
                LokiConfig.text(Samples.watched())
                        .replace(": /etc/loki-rules", ": %s".formatted(rules.getParent()))
                        .replace(": /loki", ": %s".formatted(folder))
                        .replace("prometheus.monitoring.svc:9090", "127.0.0.1:%d".formatted(prometheus))
                        .replace("http_listen_port: 3100", "http_listen_port: %d".formatted(loki))
                        .replace("grpc_listen_port: 9095", "grpc_listen_port: %d".formatted(Server.freePort())));
        return RealLoki.arguments(file);
    }
}
