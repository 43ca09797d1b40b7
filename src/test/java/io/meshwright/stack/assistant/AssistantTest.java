package io.meshwright.stack.assistant;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.check.Checks;
import io.meshwright.environment.MergedYaml;
import io.meshwright.house.Rendering;
import io.meshwright.mesh.demand.Demand;
import io.meshwright.mesh.demand.Demands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** HolmesGPT as aiOps.assistant installs it: it reads, and nothing else. */
class AssistantTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path RESOURCES = Path.of("test/resources");
    private static final SortedMap<String, String> OBJECTS = objects("{}");

    @Test
    void is_rendered_without_a_finding() {
        assertThat(findings(OBJECTS)).isEmpty();
    }

    @Test
    void has_roles_that_read_no_secret_and_config_maps_by_name() {
        List<JsonNode> rules = OBJECTS.keySet().stream()
                .filter(name -> name.matches("services/(Cluster)?Role/.*holmes.*"))
                .flatMap(name -> stream(object(name).at("/rules")))
                .toList();

        assertThat(rules).hasSizeGreaterThan(15).allSatisfy(rule -> {
            assertThat(texts(rule.at("/verbs"))).isSubsetOf("get", "list", "watch");
            assertThat(texts(rule.at("/resources")))
                    .noneMatch(resource -> resource.contains("*") || resource.startsWith("secret"))
                    .allMatch(resource -> !resource.equals("configmaps") || rule.has("resourceNames"));
            assertThat(texts(rule.at("/apiGroups"))).doesNotContain("*");
        });
        assertThat(OBJECTS)
                .containsKeys(
                        "services/RoleBinding/shop.holmes",
                        "services/RoleBinding/monitoring.holmes",
                        "services/RoleBinding/istio-system.holmes")
                .doesNotContainKey("services/ClusterRoleBinding/ops-holmes");
    }

    @Test
    void of_which_a_check_says_when_one_does_more() {
        SortedMap<String, String> more = new TreeMap<>(OBJECTS);
        more.computeIfPresent(
                "services/ClusterRole/ops-holmes", (name, text) -> text.replaceFirst("- watch", "- delete"));
        more.put("services/ClusterRole/anybody", """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: anybody}
                rules: [{apiGroups: [""], resources: [secrets], verbs: [get]}]
                """);
        more.put("services/ClusterRoleBinding/anybody", """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: anybody}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: anybody}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:serviceaccounts"}]
                """);

        assertThat(findings(more))
                .hasSize(2)
                .anyMatch(finding -> finding.contains("MESH361") && finding.contains("delete"))
                .anyMatch(finding -> finding.contains("MESH361") && finding.contains("get secrets"));
    }

    @Test
    void has_no_tools_that_run_commands_or_leave_the_cluster() {
        JsonNode toolsets = file("holmes.etc.holmes.config.custom_toolset.yaml").at("/toolsets");

        for (String off : List.of("bash", "internet", "robusta", "connectivity_check", "confluence")) {
            assertThat(toolsets.path(off).path("enabled").isBoolean()).as(off).isTrue();
            assertThat(toolsets.path(off).path("enabled").asBoolean()).as(off).isFalse();
        }
        assertThat(toolsets)
                .hasJson("/kubernetes~1core", "{enabled: true}")
                .hasJson("/kubernetes~1logs", "{enabled: true}")
                .has("/prometheus~1metrics/config/prometheus_url", "http://prometheus.monitoring.svc:9090")
                .has("/grafana~1loki/config/api_url", "http://loki.monitoring.svc:3100")
                .hasJson("/argocd~1core", "{enabled: true}")
                .hasJson("/skills", "{enabled: true}");
        assertThat(environment())
                .contains(
                        "ENABLE_TELEMETRY=false",
                        "ROBUSTA_AI=false",
                        "ENABLE_CONVERSATION_WORKER=false",
                        "ENABLED_SCHEDULED_PROMPTS=false",
                        "HOLMES_API_KEY=holmes/api-key");
    }

    @Test
    void asks_the_model_of_the_file_by_a_key_from_a_secret() {
        assertThat(file("holmes.etc.holmes.config.model_list.yaml")).hasJson("", """
                        {azure: {api_key: '{{ env.MODEL_API_KEY }}', api_base: 'https://shop.openai.azure.com',
                                 model: 'azure/gpt-4o', api_version: '2024-10-21'}}""");
        assertThat(object("services/ConfigMap/ops.holmes-files")
                        .at("/data")
                        .path("holmes.etc.holmes.config.model_list.yaml")
                        .asText())
                .as("a day without quotes is no text to PyYAML")
                .contains("\"2024-10-21\"");
        assertThat(environment()).contains("MODEL_API_KEY=holmes/model-key");
        assertThat(object("services/ServiceEntry/istio-system.shop-openai-azure-com"))
                .hasJson("/spec/hosts", "['shop.openai.azure.com']")
                .hasJson("/spec/exportTo", "['ops']");
    }

    @Test
    void asks_a_server_with_another_address_by_its_own_name() {
        SortedMap<String, String> objects = objects("""
                externals: {openai: null, local: {type: httpsApi, hosts: [models.example.org]}}
                aiOps:
                  models: {azure: null, local: {type: openAi, url: "https://models.example.org/v1", model: llama, key: {variable: K}}}
                  assistant: {model: local}
                """);

        assertThat(file(objects, "holmes.etc.holmes.config.model_list.yaml"))
                .has("/local/model", "openai/llama")
                .has("/local/api_base", "https://models.example.org/v1")
                .lacks("/local/api_version");
    }

    @Test
    void answers_from_manifests_beside_it_without_secrets() {
        JsonNode server = pod().at("/initContainers/0");
        assertThat(server)
                .has("/name", "meshwright")
                .has("/restartPolicy", "Always")
                .hasJson(
                        "/args",
                        "['mcp', '--http', '--port', '8931', '--root', '/manifests', '--token-file', '/run/secrets/mcp/token']")
                .has("/volumeMounts/1/subPath", "token");
        assertThat(file("holmes.etc.holmes.config.custom_toolset.yaml"))
                .has("/mcp_servers/meshwright/config/url", "http://127.0.0.1:8931/mcp")
                .has(
                        "/mcp_servers/meshwright/config/extra_headers/Authorization",
                        "Bearer {{ env.MESHWRIGHT_MCP_TOKEN }}");
        JsonNode manifests = object("services/ConfigMap/ops.holmes-manifests").at("/data");
        assertThat(manifests.path("services.yaml").asText()).contains("kind: AuthorizationPolicy", "name: holmes");
        assertThat(manifests.path("argocd.yaml").asText()).contains("chart: istiod");
        manifests.forEach(text ->
                assertThat(text.asText()).doesNotContain("\nkind: Secret\n").doesNotContain("\nkind: ConfigMap\n"));
    }

    @Test
    void has_our_runbooks_as_skills() {
        JsonNode files = object("services/ConfigMap/ops.holmes-files").at("/data");

        assertThat(files.path("holmes.etc.holmes.skills.gatewaydown.SKILL.md").asText())
                .startsWith("---\nname: gatewaydown\ndescription: ")
                .contains("# GatewayDown");
        assertThat(environment()).contains("CUSTOM_SKILL_PATHS=/etc/holmes/skills");
    }

    @Test
    void is_called_by_those_alone_who_are_named_and_calls_whom_it_asks() {
        assertThat(object("services/AuthorizationPolicy/ops.holmes-callers"))
                .hasJson("/spec/rules/0/from/0/source/principals", "['cluster.local/ns/shop/sa/api']")
                .hasJson("/spec/rules/0/to/0/operation/ports", "['5050']");
        assertThat(object("services/NetworkPolicy/ops.holmes-to-api-server"))
                .hasJson("/spec/egress/0/to", "[{ipBlock: {cidr: '10.0.0.1/32'}}]");
        assertThat(stream(object("services/NetworkPolicy/ops.holmes-asks").at("/spec/egress"))
                        .map(rule -> rule.at("/ports/0/port").asInt()))
                .containsExactly(9090, 3100, 8080);
        assertThat(OBJECTS)
                .containsKeys(
                        "services/NetworkPolicy/monitoring.holmes-asks-loki",
                        "services/NetworkPolicy/monitoring.holmes-asks-prometheus",
                        "services/NetworkPolicy/ops.holmes-to-openai");
        assertThat(texts(object("services/Sidecar/ops.default").at("/spec/egress/0/hosts")))
                .contains("default/kubernetes.default.svc.cluster.local", "monitoring/*");
    }

    @Test
    void runs_as_restricted_and_counts_among_the_requests() {
        for (JsonNode container : List.of(pod().at("/containers/0"), pod().at("/initContainers/0"))) {
            assertThat(container)
                    .hasJson(
                            "/securityContext",
                            "{allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: ['ALL']}}");
        }
        assertThat(pod())
                .has("/securityContext/runAsNonRoot", true)
                .has("/securityContext/seccompProfile/type", "RuntimeDefault")
                .has("/automountServiceAccountToken", true)
                .has("/containers/0/resources/requests/memory", "2Gi");
        Demand demand = Demands.of(Rendering.mesh(OBJECTS)).all().stream()
                .filter(each -> each.name().equals("ops/holmes"))
                .findFirst()
                .orElseThrow();
        assertThat(demand.each().memory().longValueExact()).isGreaterThan((2048L + 384L) << 20);
    }

    @Test
    void has_an_account_of_argo_cd_that_only_reads() {
        JsonNode values = object("argocd/Application/argocd").at("/spec/source/helm/valuesObject/configs");
        assertThat(values).has("/cm/accounts.holmes", "apiKey");
        assertThat(values.at("/rbac/policy.csv").asText().lines().filter(line -> line.startsWith("p,")))
                .isNotEmpty()
                .allMatch(line -> line.contains(", get, "));
        SortedMap<String, String> none = objects("aiOps: {assistant: {argoCdToken: null}}");
        assertThat(none.get("argocd/Application/argocd")).doesNotContain("accounts.holmes");
        assertThat(file(none, "holmes.etc.holmes.config.custom_toolset.yaml"))
                .hasJson("/toolsets/argocd~1core", "{enabled: false}");
    }

    private static List<String> findings(SortedMap<String, String> objects) {
        return Checks.run(Rendering.read(objects), Optional.empty()).all().stream()
                .map(Object::toString)
                .filter(finding -> finding.startsWith("services/"))
                .toList();
    }

    private static List<String> environment() {
        return stream(pod().at("/containers/0/env"))
                .map(variable -> "%s=%s"
                        .formatted(
                                variable.path("name").asText(),
                                variable.has("value")
                                        ? variable.path("value").asText()
                                        : "%s/%s"
                                                .formatted(
                                                        variable.at("/valueFrom/secretKeyRef/name")
                                                                .asText(),
                                                        variable.at("/valueFrom/secretKeyRef/key")
                                                                .asText())))
                .toList();
    }

    private static JsonNode pod() {
        return object("services/Deployment/ops.holmes").at("/spec/template/spec");
    }

    private static JsonNode file(String key) {
        return file(OBJECTS, key);
    }

    private static JsonNode file(SortedMap<String, String> objects, String key) {
        return yaml(yaml(objects.get("services/ConfigMap/ops.holmes-files"))
                .path("data")
                .path(key)
                .asText());
    }

    private static JsonNode object(String name) {
        assertThat(OBJECTS).containsKey(name);
        return yaml(OBJECTS.get(name));
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return Stream.iterate(0, index -> index < list.size(), index -> index + 1)
                .map(list::get);
    }

    private static List<String> texts(JsonNode list) {
        return stream(list).map(JsonNode::asText).toList();
    }

    private static SortedMap<String, String> objects(String change) {
        try {
            return Rendering.objects(MergedYaml.of(
                    MergedYaml.of(
                            Files.readString(RESOURCES.resolve("agreement/base.yaml")),
                            Files.readString(RESOURCES.resolve("environments/assistant.yaml"))),
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
