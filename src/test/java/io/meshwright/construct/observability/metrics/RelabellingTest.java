package io.meshwright.construct.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.construct.observability.program.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Prometheus itself makes of pods and nodes as Kubernetes would describe them: the discovery of the rendered jobs
 * is replaced by a list, their relabelling stays.
 */
class RelabellingTest {
    private static final String POD = "__meta_kubernetes_pod_";
    private static final String ANNOTATION = POD + "annotation_prometheus_io_";

    @TempDir
    private Path folder;

    @Test
    void a_pod_with_a_sidecar_is_asked_once_for_the_merged_metrics() throws Exception {
        Map<String, String> pod = pod("10.0.0.1", "15020", "/stats/prometheus");
        pod.put(POD + "label_app", "cart");
        pod.put(POD + "label_version", "v2");
        pod.put(POD + "label_rollouts_pod_template_hash", "abc");

        JsonNode targets = targets(ScrapeJob.PODS, target("10.0.0.1:8080", pod), target("10.0.0.1:15090", pod));

        assertThat(targets).hasSize(1);
        assertThat(targets.at("/0/scrapeUrl").asText()).isEqualTo("http://10.0.0.1:15020/stats/prometheus");
        assertThat(targets.at("/0/labels").toString()).isEqualTo("""
        {"app":"cart","instance":"10.0.0.1:15020","job":"kubernetes-pods","namespace":"shop","node":"node-1",\
        "pod":"cart-1","rollout_hash":"abc","version":"v2"}""");
    }

    @Test
    void a_pod_without_one_is_asked_where_its_annotations_say() throws Exception {
        Map<String, String> secure = pod("fd00::7", "9402", "/metrics");
        secure.put(ANNOTATION + "scheme", "https");

        assertThat(urls(
                        ScrapeJob.PODS,
                        target("10.0.0.2:80", pod("10.0.0.2", "8080", "/actuator/prometheus")),
                        target("[fd00::7]:80", secure)))
                .containsExactlyInAnyOrder(
                        "http://10.0.0.2:8080/actuator/prometheus", "https://[fd00::7]:9402/metrics");
    }

    @Test
    void pods_that_do_not_ask_or_have_ended_or_are_istiod_are_left_out() throws Exception {
        Map<String, String> silent = pod("10.0.0.3", "8080", "/metrics");
        silent.remove(ANNOTATION + "scrape");
        Map<String, String> evicted = pod("10.0.0.4", "8080", "/metrics");
        evicted.put(POD + "phase", "Failed");
        Map<String, String> istiod = pod("10.0.0.5", "15014", "/metrics");
        istiod.put(POD + "label_app", "istiod");

        assertThat(urls(
                        ScrapeJob.PODS,
                        target("10.0.0.3:80", silent),
                        target("10.0.0.4:80", evicted),
                        target("10.0.0.5:80", istiod),
                        target("10.0.0.6:80", pod("10.0.0.6", "80", "/metrics"))))
                .containsExactly("http://10.0.0.6:80/metrics");
    }

    @Test
    void istiod_is_asked_once_on_its_monitoring_port_by_whichever_revision() throws Exception {
        Map<String, String> istiod = pod("10.0.0.5", "15014", "/metrics");
        istiod.put(POD + "label_app", "istiod");
        istiod.put(POD + "label_istio_io_rev", "1-30-5");

        JsonNode targets = targets(ScrapeJob.ISTIOD, target("10.0.0.5:8080", istiod), target("10.0.0.5:15017", istiod));

        assertThat(targets).hasSize(1);
        assertThat(targets.at("/0/scrapeUrl").asText()).isEqualTo("http://10.0.0.5:15014/metrics");
        assertThat(targets.at("/0/labels/revision").asText()).isEqualTo("1-30-5");
    }

    @Test
    void a_node_is_asked_on_its_kubelet_and_known_by_its_name() throws Exception {
        Map<String, String> node = Map.of("__meta_kubernetes_node_name", "node-1");

        JsonNode targets = targets(ScrapeJob.CADVISOR, target("10.0.0.9:10250", node));

        assertThat(targets.at("/0/scrapeUrl").asText()).isEqualTo("https://10.0.0.9:10250/metrics/cadvisor");
        assertThat(targets.at("/0/labels/node").asText()).isEqualTo("node-1");
    }

    private List<String> urls(ScrapeJob job, ObjectNode... discovered) throws Exception {
        return targets(job, discovered).findValuesAsText("scrapeUrl");
    }

    private JsonNode targets(ScrapeJob job, ObjectNode... discovered) throws Exception {
        Program prometheus = Program.of("prometheus");
        ObjectMapper yaml = new YAMLMapper();
        ObjectNode config = (ObjectNode) yaml.readTree(PrometheusConfig.text(Samples.subPaths()));
        config.retain("global", "scrape_configs");
        ArrayNode jobs = config.withArray("scrape_configs");
        jobs.removeIf(each -> !each.path("job_name").asText().equals(job.label()));
        ObjectNode only = (ObjectNode) jobs.get(0);
        only.remove(List.of("kubernetes_sd_configs", "authorization", "fallback_scrape_protocol"));
        only.putArray("static_configs").addAll(List.of(discovered));
        yaml.writeValue(folder.resolve("prometheus.yaml").toFile(), config);
        int port = Server.freePort();

        try (Server server = prometheus.start(
                folder,
                List.of(
                        "--config.file=prometheus.yaml",
                        "--storage.tsdb.path=%s".formatted(folder.resolve("data")),
                        "--web.listen-address=127.0.0.1:%d".formatted(port)))) {
            String answer =
                    server.await("http://127.0.0.1:%d/api/v1/targets?state=active".formatted(port), "scrapeUrl");
            return new ObjectMapper().readTree(answer).at("/data/activeTargets");
        }
    }

    /** As the discovery describes a container's port; it names one target for each. */
    private static ObjectNode target(String address, Map<String, String> labels) {
        ObjectNode target = new ObjectMapper().createObjectNode();
        target.putArray("targets").add(address);
        labels.forEach(target.putObject("labels")::put);
        return target;
    }

    private static Map<String, String> pod(String address, String port, String path) {
        return new TreeMap<>(Map.of(
                "__meta_kubernetes_namespace",
                "shop",
                POD + "name",
                "cart-1",
                POD + "ip",
                address,
                POD + "node_name",
                "node-1",
                POD + "phase",
                "Running",
                ANNOTATION + "scrape",
                "true",
                ANNOTATION + "port",
                port,
                ANNOTATION + "path",
                path));
    }
}
