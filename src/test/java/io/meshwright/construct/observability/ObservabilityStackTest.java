package io.meshwright.construct.observability;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.construct.observability.settings.KialiLogin;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.platform.release.Compatibility;
import io.meshwright.value.Name;
import io.meshwright.value.Quantity;
import io.meshwright.value.Version;
import io.meshwright.value.security.Identity;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.cdk8s.Testing;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ObservabilityStackTest {
    private static final Party GATEWAY = Party.meshed(
            Name.of("gateway"),
            Identity.of(Name.of("istio-system"), Name.of("istio-ingressgateway")),
            Map.of("istio", "ingressgateway"),
            TargetPort.http(8080));
    private static final int NODES = 5;

    private static List<JsonNode> subPaths;
    private static List<JsonNode> hosts;

    @BeforeAll
    static void synthesize() {
        subPaths = objects(Samples.subPaths());
        hosts = objects(Samples.hosts());
    }

    @Test
    void every_tool_that_stores_has_a_volume_that_its_next_pod_can_mount() {
        for (String tool : List.of("prometheus", "alertmanager", "grafana", "loki", "jaeger")) {
            assertThat(named("Deployment", tool))
                    .has("/spec/strategy/type", "Recreate")
                    .has("/spec/replicas", 1);
            assertThat(named("PersistentVolumeClaim", tool))
                    .hasJson("/spec/accessModes", "['ReadWriteOnce']")
                    .has("/metadata/annotations/argocd.argoproj.io~1sync-options", "Prune=confirm,Delete=confirm");
            assertThat(volume(tool, "data")
                            .at("/persistentVolumeClaim/claimName")
                            .asText())
                    .isEqualTo(tool);
        }
    }

    @Test
    void probes_and_scrapes_follow_the_prefix() {
        assertThat(named("Deployment", "grafana"))
                .has("/spec/template/spec/containers/0/readinessProbe/httpGet/path", "/grafana/api/health")
                .has("/spec/template/metadata/annotations/prometheus.io~1path", "/grafana/metrics");
        assertThat(named(hosts, "Deployment", "grafana"))
                .has("/spec/template/spec/containers/0/readinessProbe/httpGet/path", "/api/health")
                .has("/spec/template/metadata/annotations/prometheus.io~1path", "/metrics");
        assertThat(named("Deployment", "jaeger"))
                .has("/spec/template/metadata/annotations/prometheus.io~1port", "8888");
    }

    @Test
    void prometheus_stays_outside_the_mesh_by_its_pod_s_label_and_grafana_inside() {
        assertThat(named("Deployment", "prometheus"))
                .has("/spec/template/metadata/labels/sidecar.istio.io~1inject", "false");
        assertThat(named("Deployment", "grafana"))
                .has("/spec/template/metadata/labels/sidecar.istio.io~1inject", "true");
    }

    @Test
    void a_changed_file_makes_a_new_pod() {
        String checksum = "/spec/template/metadata/annotations/meshwright.io~1config-checksum";

        assertThat(named("Deployment", "prometheus").at(checksum).asText())
                .hasSize(64)
                .isNotEqualTo(
                        named(hosts, "Deployment", "prometheus").at(checksum).asText());
    }

    @Test
    void loki_computes_and_writes_only_where_something_looks_ahead() {
        List<JsonNode> watched = objects(Samples.watched());
        String arguments = "/spec/template/spec/containers/0/args";

        assertThat(named(watched, "ConfigMap", "loki-rules")
                        .at("/data/log-lines.yaml")
                        .asText())
                .contains("record: service:log_lines:rate5m", "destination_service_name: cart");
        assertThat(named(watched, "ConfigMap", "loki").at("/data/loki.yaml").asText())
                .contains("url: http://prometheus.monitoring.svc:9090/prometheus/api/v1/write");
        assertThat(named(watched, "ConfigMap", "prometheus-rules").path("data").fieldNames())
                .toIterable()
                .contains("anomaly-bands.yaml", "anomalies.yaml", "forecasts.yaml");
        assertThat(named(watched, "Deployment", "prometheus").at(arguments).toString())
                .contains("--web.enable-remote-write-receiver");
        assertThat(named(watched, "NetworkPolicy", "prometheus")
                        .at("/spec/ingress")
                        .toString())
                .contains("\"app\":\"loki\"");
        assertThat(named("Deployment", "prometheus").at(arguments).toString())
                .doesNotContain("--web.enable-remote-write-receiver");
        assertThat(named("NetworkPolicy", "prometheus").at("/spec/ingress").toString())
                .doesNotContain("\"app\":\"loki\"");
        assertThat(named("ConfigMap", "prometheus-rules").path("data").fieldNames())
                .toIterable()
                .doesNotContain("anomaly-bands.yaml", "anomalies.yaml", "forecasts.yaml");
    }

    @Test
    void every_volume_of_a_pod_is_there() {
        for (JsonNode pod : pods(subPaths)) {
            for (JsonNode volume : pod.path("volumes")) {
                if (volume.has("configMap")) {
                    named("ConfigMap", volume.at("/configMap/name").asText());
                }
                if (volume.has("persistentVolumeClaim")) {
                    named(
                            "PersistentVolumeClaim",
                            volume.at("/persistentVolumeClaim/claimName").asText());
                }
            }
            assertThat(names(pod.path("volumes"))).containsAll(names(pod.at("/containers/0/volumeMounts")));
        }
    }

    @Test
    void only_what_asks_the_api_server_has_a_token_and_then_only_to_read() {
        assertThat(pods(subPaths).stream()
                        .filter(pod -> pod.path("automountServiceAccountToken").asBoolean())
                        .map(pod -> pod.path("serviceAccountName").asText()))
                .containsExactlyInAnyOrder("prometheus", "kube-state-metrics", "log-agent", "kiali");
        assertThat(of(subPaths, "ClusterRole").stream()
                        .flatMap(role -> StreamSupport.stream(role.path("rules").spliterator(), false))
                        .flatMap(rule -> StreamSupport.stream(rule.path("verbs").spliterator(), false))
                        .map(JsonNode::asText))
                .containsOnly("get", "list", "watch", "create");
    }

    @Test
    void the_small_profile_asks_for_at_most_two_cores_and_four_gibibytes_on_five_nodes() {
        BigDecimal cpu = BigDecimal.ZERO;
        BigDecimal memory = BigDecimal.ZERO;
        for (JsonNode workload : workloads(subPaths)) {
            int pods = workload.path("kind").asText().equals("DaemonSet")
                    ? NODES
                    : workload.at("/spec/replicas").asInt();
            JsonNode requests = workload.at("/spec/template/spec/containers/0/resources/requests");
            cpu = cpu.add(Quantity.of(requests.path("cpu").asText()).amount().multiply(BigDecimal.valueOf(pods)));
            memory = memory.add(
                    Quantity.of(requests.path("memory").asText()).amount().multiply(BigDecimal.valueOf(pods)));
            if (workload.at("/spec/template/metadata/labels/sidecar.istio.io~1inject")
                    .asText()
                    .equals("true")) {
                cpu = cpu.add(
                        Quantity.of("100m").amount()); // what the injector asks for by default (istio.io, global.proxy)
                memory = memory.add(Quantity.of("128Mi").amount());
            }
        }

        assertThat(cpu).isPositive().isLessThanOrEqualTo(BigDecimal.valueOf(2));
        assertThat(memory).isPositive().isLessThanOrEqualTo(Quantity.of("4Gi").amount());
    }

    @Test
    void node_agents_stand_in_a_namespace_of_their_own() {
        assertThat(of(subPaths, "DaemonSet"))
                .extracting(agent -> agent.at("/metadata/namespace").asText())
                .containsExactly("monitoring-agents", "monitoring-agents");
        assertThat(pods(subPaths).stream().filter(pod -> pod.toString().contains("hostPath")))
                .hasSize(2);
    }

    @Test
    void the_collector_speaks_grpc_where_envoy_sends() {
        assertThat(named("Service", "otel-collector"))
                .hasJson(
                        "/spec/ports/0",
                        "{appProtocol: 'grpc', name: 'grpc-otlp', port: 4317, protocol: 'TCP', targetPort: 4317}");
    }

    @Test
    void kiali_has_an_identity_and_a_signing_key_that_outlive_its_pod() {
        assertThat(named(hosts, "ClusterRoleBinding", "istio-system-kiali"))
                .hasJson("/subjects/0", "{kind: 'ServiceAccount', name: 'kiali', namespace: 'istio-system'}");
        assertThat(named("Deployment", "kiali")
                        .at("/spec/template/spec/containers/0/volumeMounts")
                        .toString())
                .contains("/kiali-override-secrets/login-token-signing-key/value.txt");
    }

    @Test
    void grafana_is_backed_up_from_its_own_node_and_restored_by_hand() {
        assertThat(named("CronJob", "grafana-backup"))
                .has("/spec/suspend", false)
                .has("/spec/schedule", "0 3 * * *")
                .hasJson(
                        "/spec/jobTemplate/spec/template/spec/affinity/podAffinity"
                                + "/requiredDuringSchedulingIgnoredDuringExecution/0",
                        "{labelSelector: {matchLabels: {app: 'grafana'}}, topologyKey: 'kubernetes.io/hostname'}");
        assertThat(named("CronJob", "grafana-restore")).has("/spec/suspend", true);
    }

    @Test
    void the_claim_of_the_backups_is_bound_from_the_first_day() {
        assertThat(volume("grafana", "backups")
                        .at("/persistentVolumeClaim/claimName")
                        .asText())
                .isEqualTo("grafana-backup");
        assertThat(named("Deployment", "grafana")
                        .at("/spec/template/spec/initContainers/0/volumeMounts")
                        .toString())
                .contains("{\"mountPath\":\"/backups\",\"name\":\"backups\",\"readOnly\":true}");
    }

    @Test
    void the_node_exporter_lets_go_of_what_the_node_unmounts() {
        JsonNode mounts = named("DaemonSet", "node-exporter").at("/spec/template/spec/containers/0/volumeMounts");

        assertThat(mounts.findValuesAsText("mountPropagation"))
                .hasSameSizeAs(mounts)
                .containsOnly("HostToContainer");
    }

    @Test
    void nobody_reaches_a_tool_but_those_who_call_it() {
        assertThat(named("NetworkPolicy", "alertmanager").at("/spec/ingress").toString())
                .contains("\"prometheus\"", "\"ingressgateway\"")
                .doesNotContain("\"grafana\"");
        assertThat(named("NetworkPolicy", "loki").at("/spec/ingress").toString())
                .contains("\"grafana\"", "\"log-agent\"", "\"otel-collector\"", "\"prometheus\"")
                .doesNotContain("ingressgateway");
        assertThat(named("NetworkPolicy", "grafana-backup"))
                .lacks("/spec/ingress/0")
                .lacks("/spec/egress/0");
        assertThat(of(hosts, "NetworkPolicy"))
                .extracting(policy -> policy.at("/metadata/namespace").asText())
                .contains("monitoring", "monitoring-agents");
        assertThat(of(hosts, "NetworkPolicy"))
                .filteredOn(policy -> policy.at("/metadata/namespace").asText().equals("istio-system"))
                .as("Kiali's own, and none that would stop the mesh")
                .singleElement()
                .satisfies(policy -> assertThat(
                                policy.at("/spec/podSelector/matchLabels/app").asText())
                        .isEqualTo("kiali"));
    }

    @Test
    void prometheus_reaches_what_asks_to_be_scraped_in_the_nodes_own_network() {
        JsonNode egress = named("NetworkPolicy", "prometheus").at("/spec/egress");

        assertThat(StreamSupport.stream(egress.spliterator(), false)
                        .filter(rule -> rule.at("/to/0/ipBlock/cidr").asText().equals("0.0.0.0/0"))
                        .flatMap(rule -> rule.findValuesAsText("port").stream()))
                .contains("10250", "9100", "15014");
    }

    @Test
    void a_tool_without_a_login_is_not_exposed_to_everybody() {
        var builder = ObservabilityStack.Builder.create(Testing.app(), "monitoring")
                .settings(Samples.subPaths())
                .releases(Compatibility.resolve(Version.of("1.33"), Version.of("1.30.5")))
                .entrance(Entrance.open(GATEWAY));

        assertThatThrownBy(builder::build)
                .hasMessageStartingWith(
                        "alertmanager: is exposed at \"https://monitoring.example.org/alertmanager\" and asks nobody"
                                + " for a login; restrict the gateway to listed addresses or tokens, or do not expose it");
    }

    @Test
    void a_kiali_that_asks_nobody_is_not_exposed_to_everybody() {
        Settings hosts = Samples.hosts();
        var builder = ObservabilityStack.Builder.create(Testing.app(), "monitoring")
                .settings(new Settings(
                        hosts.environment(),
                        hosts.domain(),
                        hosts.mesh(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        hosts.notifications(),
                        hosts.runbooks(),
                        null,
                        KialiLogin.anonymous(),
                        null,
                        null,
                        null))
                .releases(Compatibility.resolve(Version.of("1.33"), Version.of("1.30.5")));

        assertThatThrownBy(builder.entrance(Entrance.open(GATEWAY))::build)
                .hasMessageStartingWith(
                        "kiali: is exposed at \"https://kiali.example.org\" and asks nobody for a login");
        assertThat(builder.entrance(Entrance.guarded(GATEWAY))
                        .build()
                        .props()
                        .settings()
                        .kialiLogin()
                        .strategy())
                .isEqualTo("anonymous");
    }

    private static List<JsonNode> objects(Settings settings) {
        ObservabilityStack stack = ObservabilityStack.Builder.create(Testing.app(), "monitoring")
                .settings(settings)
                .releases(Compatibility.resolve(Version.of("1.33"), Version.of("1.30.5")))
                .entrance(Entrance.guarded(GATEWAY))
                .build();
        List<JsonNode> objects = new ArrayList<>();
        new ObjectMapper().valueToTree(Testing.synth(stack)).forEach(objects::add);
        return objects;
    }

    private static JsonNode named(String kind, String name) {
        return named(subPaths, kind, name);
    }

    private static JsonNode named(List<JsonNode> objects, String kind, String name) {
        List<JsonNode> found = of(objects, kind).stream()
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .toList();
        assertThat(found).as("%s %s", kind, name).hasSize(1);
        return found.get(0);
    }

    private static List<JsonNode> of(List<JsonNode> objects, String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    private static List<JsonNode> workloads(List<JsonNode> objects) {
        return objects.stream()
                .filter(object -> object.at("/spec/template/spec/containers").isArray())
                .toList();
    }

    private static List<JsonNode> pods(List<JsonNode> objects) {
        List<JsonNode> pods = new ArrayList<>(workloads(objects).stream()
                .map(workload -> workload.at("/spec/template/spec"))
                .toList());
        of(objects, "CronJob").forEach(job -> pods.add(job.at("/spec/jobTemplate/spec/template/spec")));
        return pods;
    }

    private static JsonNode volume(String deployment, String volume) {
        return StreamSupport.stream(
                        named("Deployment", deployment)
                                .at("/spec/template/spec/volumes")
                                .spliterator(),
                        false)
                .filter(each -> each.path("name").asText().equals(volume))
                .findFirst()
                .orElseThrow();
    }

    private static TreeSet<String> names(JsonNode named) {
        return new TreeSet<>(named.findValuesAsText("name"));
    }
}
