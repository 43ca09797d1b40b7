package io.meshwright.construct.observability.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.construct.observability.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorConfigTest {
    @TempDir
    private Path folder;

    @Test
    void labels_of_the_access_log_provider_move_to_the_resource() throws Exception {
        JsonNode config = yaml(CollectorConfig.text(Samples.provider()));

        assertThat(config.at("/processors/groupbyattrs/keys").toString())
                .isEqualTo("[\"pod\",\"namespace\",\"app\",\"instance\",\"version\",\"cluster_name\",\"log_type\"]");
        assertThat(config.at("/service/pipelines/logs/processors").toString())
                .isEqualTo("[\"memory_limiter\",\"groupbyattrs\",\"transform\",\"batch\"]");
        assertThat(CollectorConfig.text(Samples.subPaths())).doesNotContain("groupbyattrs");
    }

    @Test
    void spans_go_to_jaeger_and_lines_to_loki() throws Exception {
        JsonNode config = yaml(CollectorConfig.text(Samples.subPaths()));

        assertThat(config.at("/exporters/otlp_grpc/endpoint").asText()).isEqualTo("jaeger.monitoring.svc:4317");
        assertThat(config.at("/exporters/otlp_http/endpoint").asText())
                .isEqualTo("http://loki.monitoring.svc:3100/otlp");
    }

    @Test
    void the_agent_reads_every_container_but_itself() throws Exception {
        JsonNode files = yaml(LogAgentConfig.text(Samples.subPaths())).at("/receivers/file_log");

        assertThat(files.at("/include/0").asText()).isEqualTo("/var/log/pods/*/*/*.log");
        assertThat(files.at("/exclude/0").asText())
                .isEqualTo("/var/log/pods/monitoring-agents_log-agent-*/log-agent/*.log");
        assertThat(files.path("storage").asText()).isEqualTo("file_storage");
    }

    @Test
    void everything_that_is_asked_from_outside_listens_on_every_address() {
        for (String text : List.of(CollectorConfig.text(Samples.subPaths()), LogAgentConfig.text(Samples.subPaths()))) {
            assertThat(text)
                    .contains("endpoint: 0.0.0.0:13133")
                    .contains("host: 0.0.0.0")
                    .doesNotContain("localhost");
        }
    }

    @Test
    void the_collector_accepts_both_files() throws Exception {
        Program collector = Program.of("otelcol-contrib");
        for (Settings settings : List.of(Samples.subPaths(), Samples.provider())) {
            for (String text : List.of(CollectorConfig.text(settings), LogAgentConfig.text(settings))) {
                Files.createDirectories(folder.resolve("positions"));
                Files.writeString(
                        folder.resolve("collector.yaml"),
                        text.replace(
                                        LogAgentConfig.POSITIONS,
                                        folder.resolve("positions").toString())
                                .replace("node_from_env_var: %s".formatted(LogAgentConfig.NODE_VARIABLE), "node: a"));

                Program.Answer answer = collector.run(folder, "validate", "--config=collector.yaml");

                assertThat(answer.exit()).as(answer.output()).isZero();
            }
        }
    }

    private static JsonNode yaml(String text) throws Exception {
        return new YAMLMapper().readTree(text);
    }
}
