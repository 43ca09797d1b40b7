package io.meshwright.stack.assistant;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.check.Checks;
import io.meshwright.environment.MergedYaml;
import io.meshwright.house.Rendering;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kiali's chat as aiOps.kialiChat switches it on: with tools that read, and without those that obey no list. */
class KialiChatTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path RESOURCES = Path.of("test/resources");
    private static final SortedMap<String, String> OBJECTS = objects("{}");
    private static final Mesh MESH = Rendering.mesh(OBJECTS);

    @Test
    void is_rendered_without_a_finding_of_its_own() {
        assertThat(Checks.run(Rendering.read(OBJECTS), Optional.empty()).all())
                .extracting(Object::toString)
                .noneMatch(finding -> finding.startsWith("observability/") || finding.contains("kiali"));
    }

    @Test
    void has_tools_that_read_and_changes_nothing() {
        JsonNode config = yaml(object("observability/ConfigMap/monitoring.kiali")
                .at("/data/config.yaml")
                .asText());

        assertThat(config)
                .has("/deployment/view_only_mode", true)
                .has("/chat_ai/enabled", true)
                .has("/chat_ai/default_provider", "azure")
                .hasJson("/chat_ai/tools/enabled_tools", """
                        ['get_logs', 'get_mesh_status', 'get_mesh_traffic_graph', 'get_metrics', 'get_pod_performance',
                         'get_referenced_docs', 'get_trace_details', 'list_or_get_resources', 'list_traces',
                         'manage_istio_config_read']""")
                .has("/chat_ai/providers/0/config", "azure")
                .has("/chat_ai/providers/0/endpoint", "https://shop.openai.azure.com")
                .has("/chat_ai/providers/0/key", "/kiali-secret/model-key")
                .has("/chat_ai/providers/0/models/0/model", "gpt-4o");
        object("observability/ClusterRole/monitoring-kiali").at("/rules").forEach(rule -> {
            boolean looks = rule.at("/resources/0").asText().matches("pods/portforward|tokenreviews");
            assertThat(rule.at("/verbs").toString()).isEqualTo(looks ? "[\"create\"]" : "[\"get\",\"list\",\"watch\"]");
        });
    }

    @Test
    void asks_its_model_by_a_key_from_a_secret_and_that_host_alone() {
        assertThat(object("observability/Deployment/monitoring.kiali")
                        .at("/spec/template/spec/containers/0/volumeMounts")
                        .toString())
                .contains(
                        "{\"mountPath\":\"/kiali-secret/model-key\",\"name\":\"model\",\"readOnly\":true,\"subPath\":\"key\"}");
        assertThat(object("services/ServiceEntry/istio-system.shop-openai-azure-com"))
                .hasJson("/spec/exportTo", "['monitoring']");
        assertThat(OBJECTS.get("observability/NetworkPolicy/monitoring.kiali")).contains("port: 443");
    }

    @ParameterizedTest
    @CsvSource({
        "/kiali/api/chat/mcp/manage_istio_config, 403",
        "/kiali/api/chat/mcp/get_logs, 403",
        "/kiali/api/chat%2Fmcp/get_logs, 403",
        "/kiali/api%2fchat/mcp/get_logs, 403",
        "/kiali%2Fapi/chat/mcp/get_logs, 403",
        "/kiali/api/chat/%6Dcp/get_logs, 403",
        "/kiali/api/x/../chat/mcp/get_logs, 403",
        "/kiali/api/chat/azure/azure/ai, monitoring",
        "/kiali/api/chat/prompts, monitoring",
    })
    void is_asked_as_a_whole_and_not_by_its_tools(String path, String end) {
        String verdict = Trace.of(MESH)
                .request("POST", "http://tools.example.org".concat(path))
                .clientIp("203.0.113.9")
                .verdict()
                .toString();

        assertThat(verdict).contains(end);
    }

    @Test
    void is_off_where_the_file_says_nothing() {
        SortedMap<String, String> none = objects("{externals: {openai: null}, aiOps: null}");

        assertThat(none.toString()).doesNotContain("chat_ai", "kiali-chat-tools", "model-key");
    }

    private static JsonNode object(String name) {
        assertThat(OBJECTS).containsKey(name);
        return yaml(OBJECTS.get(name));
    }

    private static SortedMap<String, String> objects(String change) {
        try {
            return Rendering.objects(MergedYaml.of(
                    MergedYaml.of(
                            Files.readString(RESOURCES.resolve("agreement/base.yaml")),
                            Files.readString(RESOURCES.resolve("environments/kiali-chat.yaml"))),
                    change));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
