package io.meshwright.construct.observability;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.construct.observability.metrics.ScrapeAnnotations;
import io.meshwright.construct.observability.metrics.ScrapeJob;
import io.meshwright.construct.observability.operator.NamespaceSelector;
import io.meshwright.construct.observability.operator.PodMonitor;
import io.meshwright.construct.observability.operator.PrometheusRule;
import io.meshwright.construct.observability.operator.Relabeling;
import io.meshwright.construct.observability.operator.ServiceMonitor;
import io.meshwright.construct.observability.settings.Component;
import io.meshwright.value.istio.IstioLabels;
import io.meshwright.value.istio.IstioPorts;
import io.meshwright.value.security.Party;
import io.meshwright.value.telemetry.PrometheusPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.constructs.Construct;

/**
 * Hands the mesh's metrics and rules to a Prometheus that others run: by objects of its operator, which give series the
 * labels that rules and dashboards read, or without one as a ConfigMap of rule files beside the pods' annotations.
 */
final class ForeignPrometheus extends Construct {
    /** The port by which every proxy, and no other container, is known [istio.io, injection template]. */
    private static final String PROXY_PORT = "http-envoy-prom";

    private static final String MERGED_PATH = "/stats/prometheus";
    private static final String IP = Relabeling.pod("ip");
    private static final String ADDRESS = "__address__";
    private static final String IPV6 = "([0-9a-fA-F]*:[0-9a-fA-F:]+)";

    private final Plan plan;

    ForeignPrometheus(Construct scope, Plan plan, PrometheusPart.Existing existing) {
        super(scope, "existing-prometheus");
        this.plan = plan;
        SortedMap<String, String> rules = RuleFiles.of(plan.settings());
        if (existing.operator() == null) {
            KubernetesObject.of(
                    this,
                    "rules",
                    new ConfigMapBuilder()
                            .withMetadata(metadata("prometheus-rules", Map.of()))
                            .withData(rules)
                            .build());
            return;
        }
        Map<String, String> labels = existing.operator().labels();
        proxies(labels);
        istiod(labels);
        Stream.concat(
                        plan.running().stream()
                                .filter(program -> !plan.inMesh(program) && program != Component.GRAFANA_BACKUP)
                                .map(plan::party),
                        plan.props().scraped().stream())
                .forEach(pods -> outsideMesh(pods, labels));
        rules.forEach((file, text) -> {
            String name = file.replace(".yaml", "");
            KubernetesObject.of(
                    this,
                    "rules-%s".formatted(name),
                    PrometheusRule.of(metadata("mesh-%s".formatted(name), labels), text));
        });
    }

    /** Merged metrics of every sidecar and gateway, whichever way applications offer theirs. */
    private void proxies(Map<String, String> labels) {
        List<Relabeling> steps = new ArrayList<>(List.of(
                Relabeling.rewrite(List.of(IP), "([0-9.]+)", ADDRESS, "$1:%s".formatted(IstioPorts.MERGED_METRICS)),
                Relabeling.rewrite(List.of(IP), IPV6, ADDRESS, "[$1]:%s".formatted(IstioPorts.MERGED_METRICS))));
        steps.addAll(ofPods());
        monitor(
                "mesh-proxies",
                labels,
                new PodMonitor.Spec(
                        NamespaceSelector.every(),
                        new LabelSelector(),
                        List.of(new PodMonitor.Endpoint(PROXY_PORT, MERGED_PATH, steps))));
    }

    /** By its Services: every revision has one, and all carry this label. */
    private void istiod(Map<String, String> labels) {
        KubernetesObject.of(
                this,
                "istiod",
                new ServiceMonitor(
                        metadata("mesh-istiod", labels),
                        new ServiceMonitor.Spec(
                                NamespaceSelector.of(plan.settings().mesh().istioNamespace()),
                                new LabelSelector(List.of(), Map.of("app", "istiod")),
                                List.of(new ServiceMonitor.Endpoint(
                                        "http-monitoring",
                                        List.of(
                                                Relabeling.set("job", ScrapeJob.ISTIOD.label()),
                                                // One pod may be behind two Services while an upgrade lasts.
                                                Relabeling.set("service", ""),
                                                Relabeling.copy(
                                                        Relabeling.podLabel(IstioLabels.REVISION), "revision")))))));
    }

    /** Pods without a proxy that say in annotations where their metrics are. */
    private void outsideMesh(Party pods, Map<String, String> labels) {
        String port = Relabeling.podAnnotation(ScrapeAnnotations.PORT);
        List<Relabeling> steps = new ArrayList<>(List.of(
                Relabeling.keep(Relabeling.podAnnotation(ScrapeAnnotations.SCRAPE), "true"),
                Relabeling.copy(Relabeling.podAnnotation(ScrapeAnnotations.PATH), "__metrics_path__"),
                Relabeling.rewrite(List.of(port, IP), "([0-9]+);([0-9.]+)", ADDRESS, "$2:$1"),
                Relabeling.rewrite(List.of(port, IP), "([0-9]+);([0-9a-fA-F:]+)", ADDRESS, "[$2]:$1"),
                // A target for each port of each container became one and the same.
                Relabeling.set("container", "")));
        steps.addAll(ofPods());
        monitor(
                "%s-%s".formatted(pods.namespace(), pods.name()),
                labels,
                new PodMonitor.Spec(
                        NamespaceSelector.of(pods.namespace().toString()),
                        new LabelSelector(List.of(), new TreeMap<>(pods.podLabels())),
                        List.of(new PodMonitor.Endpoint(null, null, steps))));
    }

    /** The labels that rules and dashboards read of pods, beside the operator's own namespace and pod. */
    private static List<Relabeling> ofPods() {
        return List.of(
                Relabeling.set("job", ScrapeJob.PODS.label()),
                Relabeling.copy(Relabeling.pod("node_name"), "node"),
                Relabeling.copy(Relabeling.podLabel("app.kubernetes.io/name"), "app"),
                Relabeling.copy(Relabeling.podLabel("app"), "app"),
                Relabeling.copy(Relabeling.podLabel("version"), "version"),
                Relabeling.copy(Relabeling.podLabel("rollouts-pod-template-hash"), "rollout_hash"));
    }

    private void monitor(String name, Map<String, String> labels, PodMonitor.Spec spec) {
        KubernetesObject.of(this, name, new PodMonitor(metadata(name, labels), spec));
    }

    private ObjectMeta metadata(String name, Map<String, String> labels) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(plan.settings().domain().namespace())
                .withLabels(labels.isEmpty() ? null : new TreeMap<>(labels))
                .build();
    }
}
