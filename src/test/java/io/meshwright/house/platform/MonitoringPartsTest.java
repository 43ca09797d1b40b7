package io.meshwright.house.platform;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.check.Checks;
import io.meshwright.environment.MergedYaml;
import io.meshwright.house.Rendering;
import io.meshwright.trace.Trace;
import io.meshwright.trace.report.RequestRow;
import io.meshwright.trace.report.RequestTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each program of monitoring is ours, that of others, or nobody's, and everything around it agrees. */
class MonitoringPartsTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path RESOURCES = Path.of("test/resources");
    private static final List<SortedMap<String, String>> PARTS = objects();
    private static final SortedMap<String, String> OPERATOR = PARTS.get(0);
    private static final SortedMap<String, String> PLAIN = PARTS.get(1);
    private static final SortedMap<String, String> OUTSIDE = PARTS.get(2);
    private static final SortedMap<String, String> GUARDED = PARTS.get(3);
    private static final SortedMap<String, String> METRICS = PARTS.get(4);
    private static final SortedMap<String, String> NONE = PARTS.get(5);

    @Test
    void are_admitted_by_api_server_and_checks() {
        for (SortedMap<String, String> objects : PARTS) {
            assertThat(Checks.run(Rendering.read(objects), Optional.empty()).all())
                    .extracting(Object::toString)
                    // Namespaces that are not injected, as the file says.
                    .filteredOn(finding -> !finding.contains("MESH279"))
                    .isEmpty();
        }
    }

    @Test
    void of_others_are_given_scrapes_and_rules_by_the_operator() {
        JsonNode proxies = read(OPERATOR, "observability/PodMonitor/monitoring.mesh-proxies");
        assertThat(proxies)
                .hasJson("/metadata/labels", "{release: 'kube-prometheus-stack'}")
                .hasJson("/spec/namespaceSelector", "{any: true}")
                .has("/spec/podMetricsEndpoints/0/port", "http-envoy-prom")
                .has("/spec/podMetricsEndpoints/0/path", "/stats/prometheus")
                .has("/spec/podMetricsEndpoints/0/relabelings/0/replacement", "$1:15020")
                .has("/spec/podMetricsEndpoints/0/relabelings/2/replacement", "kubernetes-pods");
        assertThat(read(OPERATOR, "observability/ServiceMonitor/monitoring.mesh-istiod"))
                .hasJson("/spec/selector/matchLabels", "{app: 'istiod'}")
                .has("/spec/endpoints/0/port", "http-monitoring")
                .has("/spec/endpoints/0/relabelings/0/replacement", "istiod");
        assertThat(OPERATOR)
                .containsKeys(
                        "observability/PodMonitor/monitoring.monitoring-loki",
                        "observability/PodMonitor/monitoring.cert-manager-cert-manager",
                        "observability/PrometheusRule/monitoring.mesh-recording")
                .doesNotContainKeys(
                        "observability/Deployment/monitoring.prometheus",
                        "observability/Deployment/monitoring.alertmanager",
                        "observability/Deployment/monitoring.kube-state-metrics",
                        "observability/DaemonSet/monitoring-agents.node-exporter",
                        "observability/PrometheusRule/monitoring.mesh-monitoring",
                        "observability/PrometheusRule/monitoring.mesh-cluster");
        assertThat(read(OPERATOR, "observability/PrometheusRule/monitoring.mesh-objectives"))
                .hasJson("/metadata/labels", "{release: 'kube-prometheus-stack'}")
                .has("/spec/groups/0/rules/0/alert", "ServiceErrorBudgetBurnsFast");
        assertThat(GUARDED).containsKey("observability/PodMonitor/monitoring.mesh-proxies");
        assertThat(read(GUARDED, "observability/PodMonitor/monitoring.mesh-proxies"))
                .lacks("/metadata/labels");
    }

    @Test
    void of_others_reach_and_are_reached_exactly() {
        assertThat(read(OPERATOR, "services/NetworkPolicy/shop.prometheus-scrapes-sidecars"))
                .hasJson("/spec/ingress/0/from/0", """
                    {namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'kube-prometheus'}},
                     podSelector: {matchLabels: {'app.kubernetes.io/name': 'prometheus'}}}""");
        assertThat(GUARDED.get("observability/NetworkPolicy/monitoring.otel-collector"))
                .contains("port: 8080", "port: 24317")
                .doesNotContain("port: 3100", "port: 4319");
        assertThat(read(GUARDED, "observability/NetworkPolicy/stores.monitoring-jaeger"))
                .hasJson("/spec/podSelector/matchLabels", "{app: 'tempo'}")
                .has("/spec/ingress/0/ports/0/port", 24317);
        assertThat(read(GUARDED, "observability/NetworkPolicy/metrics.monitoring-prometheus"))
                .has("/spec/ingress/0/ports/0/port", 9091);
        assertThat(OPERATOR.keySet()).noneMatch(name -> name.contains("NetworkPolicy/kube-prometheus."));
        assertThat(GUARDED).doesNotContainKey("observability/DaemonSet/monitoring-agents.log-agent");
        assertThat(GUARDED).doesNotContainKey("namespaces/Namespace/monitoring-agents");
    }

    @Test
    void of_others_show_our_dashboards_from_their_own_data_sources() {
        JsonNode dashboard = read(OPERATOR, "observability/ConfigMap/monitoring.grafana-dashboard-workload");
        assertThat(dashboard)
                .hasJson("/metadata/labels", "{grafana_dashboard: '1', team: 'mesh'}")
                .hasJson("/metadata/annotations", "{grafana_folder: 'Mesh'}");
        assertThat(dashboard.at("/data/workload.json").asText())
                .contains("\"uid\" : \"lines\"", "\"uid\" : \"prometheus\"")
                .doesNotContain("\"uid\" : \"loki\"");
        JsonNode sources = read(OPERATOR, "observability/ConfigMap/monitoring.grafana-datasources");
        assertThat(sources).hasJson("/metadata/labels", "{grafana_datasource: 'true'}");
        assertThat(sources.at("/data/meshwright.yaml").asText())
                .contains("uid: lines", "uid: jaeger")
                .doesNotContain("uid: prometheus", "isDefault");
        assertThat(OUTSIDE).doesNotContainKey("observability/ConfigMap/monitoring.grafana-datasources");
        assertThat(PARTS.get(6).get("observability/ConfigMap/monitoring.grafana-datasources"))
                .contains("uid: prometheus", "uid: loki", "uid: jaeger");
    }

    @Test
    void alerts_lead_to_whoever_shows_dashboards() {
        String rules = "observability/ConfigMap/monitoring.prometheus-rules";
        assertThat(PARTS.get(6).get(rules)).contains("https://grafana.example.org/d/anomalies?");
        assertThat(PARTS.get(7).get(rules)).contains("ServiceRequestsUnusual").doesNotContain("graph_url");
    }

    @Test
    void hand_metrics_on_to_stores_with_recorded_series_alone_unless_told_otherwise() {
        SortedMap<String, String> written = PARTS.get(8);
        JsonNode stores = yaml(read(written, "observability/ConfigMap/monitoring.prometheus")
                        .at("/data/prometheus.yaml")
                        .asText())
                .path("remote_write");

        assertThat(stores.path(0)).hasJson("", """
            {name: 'mimir', url: 'http://mimir-gateway.mimir.svc:80/push', headers: {'X-Scope-OrgID': 'shop'},
             queue_config: {capacity: 10000, max_shards: 10, max_samples_per_send: 2000}}""");
        assertThat(stores.path(1)).hasJson("", """
            {name: 'cloud', url: 'https://metrics.example.net:8443/api/prom/push',
             basic_auth: {username: '12345', password_file: '/etc/prometheus/stores/cloud/key'},
             write_relabel_configs: [{source_labels: ['__name__'], regex: '.+:.+', action: 'keep'}],
             queue_config: {capacity: 5000, max_shards: 4, max_samples_per_send: 1000}}""");
        assertThat(stores.path(2))
                .hasJson("/headers", "{'X-Scope-OrgID': 'shop'}")
                .hasJson("/authorization", "{credentials_file: '/etc/prometheus/stores/archive/token'}");
        assertThat(written.get("observability/Deployment/monitoring.prometheus"))
                .contains("mountPath: /etc/prometheus/stores/archive", "mountPath: /etc/prometheus/stores/cloud");
        assertThat(written.get("observability/NetworkPolicy/monitoring.prometheus"))
                .contains("port: 8443");
        assertThat(read(written, "observability/NetworkPolicy/mimir.prometheus-writes-mimir"))
                .hasJson("/spec/podSelector/matchLabels", "{app: 'mimir'}")
                .has("/spec/ingress/0/ports/0/port", 8080)
                .has("/spec/ingress/0/from/0/podSelector/matchLabels/app", "prometheus");
        assertThat(written.get("observability/ConfigMap/monitoring.prometheus-rules"))
                .contains("RemoteStoreLosesSamples");
        assertThat(METRICS.get("observability/ConfigMap/monitoring.prometheus-rules"))
                .doesNotContain("RemoteStoreLosesSamples");
    }

    @Test
    void without_operator_are_read_from_annotations_and_a_config_map() {
        assertThat(PLAIN).containsKey("observability/ConfigMap/monitoring.prometheus-rules");
        assertThat(PLAIN.keySet()).noneMatch(name -> name.matches("observability/(Pod|Service)Monitor/.*"));
        assertThat(PLAIN.get("services/AnalysisTemplate/shop.web-canary"))
                .contains("http://prometheus-server.metrics.svc:80/prometheus");
        assertThat(PLAIN.get("observability/ConfigMap/monitoring.grafana-datasources"))
                .contains("http://prometheus-server.metrics.svc:80/prometheus", "isDefault: true")
                .doesNotContain("uid: loki");
        assertThat(PLAIN.get("observability/ConfigMap/monitoring.grafana-dashboard-workload"))
                .doesNotContain("loki");
        assertThat(PLAIN.get("observability/ConfigMap/monitoring.otel-collector"))
                .contains("otlp_grpc")
                .doesNotContain("otlp_http");
        assertThat(OPERATOR.get("services/ScaledObject/shop.web"))
                .contains("http://prometheus-operated.kube-prometheus.svc:9090");
    }

    @Test
    void outside_the_cluster_take_lines_and_spans_with_headers_from_secrets() {
        assertThat(OUTSIDE.get("observability/ConfigMap/monitoring.otel-collector"))
                .contains(
                        "otlp_http/traces:",
                        "endpoint: https://otlp.example.net/otlp",
                        "Authorization: \"${env:LOGS_AUTHORIZATION}\"",
                        "X-Scope-OrgID: \"${env:TRACES_X_SCOPE_ORGID}\"");
        assertThat((Iterable<JsonNode>) read(OUTSIDE, "observability/DaemonSet/monitoring-agents.log-agent")
                        .at("/spec/template/spec/containers/0/env"))
                .anySatisfy(variable -> assertThat(variable)
                        .has("/name", "LOGS_AUTHORIZATION")
                        .hasJson("/valueFrom/secretKeyRef", "{name: 'cloud', key: 'authorization'}"));
        assertThat(read(OUTSIDE, "observability/NetworkPolicy/monitoring-agents.log-agent")
                        .toString())
                .contains("\"port\":443");
        assertThat(GUARDED.get("observability/ConfigMap/monitoring.grafana-datasources"))
                .contains("http://loki-gateway.stores.svc:80", "httpHeaderName1: X-Scope-OrgID")
                .doesNotContain("uid: jaeger");
    }

    @Test
    void may_be_none_at_all() {
        assertThat(NONE.keySet())
                .noneMatch(name -> name.startsWith("observability/"))
                .noneMatch(name -> name.contains("Namespace/monitoring"))
                .doesNotContain("services/NetworkPolicy/shop.prometheus-scrapes-sidecars");
        assertThat(read(NONE, "mesh/Telemetry/istio-system.mesh-default")).lacks("/spec/tracing");
        assertThat(read(NONE, "argocd/Application/istiod").at("/spec/source/helm/valuesObject/meshConfig"))
                .has("/enableTracing", false)
                .hasJson("/extensionProviders", "[]")
                .lacks("/defaultConfig/tracing");
        assertThat(NONE.get("services/Sidecar/shop.default")).doesNotContain("monitoring");
        assertThat(METRICS)
                .containsKey("observability/Deployment/monitoring.prometheus")
                .doesNotContainKeys(
                        "observability/Deployment/monitoring.otel-collector",
                        "observability/Deployment/monitoring.kiali",
                        "observability/CronJob/monitoring.grafana-backup");
        assertThat(METRICS.get("observability/ConfigMap/monitoring.prometheus-rules"))
                .doesNotContain("GrafanaBackupMissing", "LogsMissing", "TracesMissing", "CollectorLosesData");
    }

    @TestFactory
    Stream<DynamicTest> leave_callers_as_they_are() throws IOException {
        List<RequestRow> rows = RequestTable.read(RESOURCES.resolve("trace/monitoring-parts.yaml"));
        return PARTS.stream()
                .map(objects -> Trace.of(Rendering.mesh(objects)))
                .flatMap(trace -> rows.stream()
                        .map(row -> DynamicTest.dynamicTest(
                                row.toString(),
                                () -> assertThat(row.misses(trace)).isEmpty())));
    }

    private static JsonNode read(SortedMap<String, String> objects, String name) {
        assertThat(objects).containsKey(name);
        return yaml(objects.get(name));
    }

    private static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<SortedMap<String, String>> objects() {
        try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class)
                .readValues(RESOURCES.resolve("environments/observability.yaml").toFile())) {
            String base = Files.readString(RESOURCES.resolve("agreement/base.yaml"));
            List<SortedMap<String, String>> parts = new ArrayList<>();
            for (JsonNode document : documents.readAll()) {
                parts.add(Rendering.objects(MergedYaml.of(base, YAML.writeValueAsString(document))));
            }
            return parts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
