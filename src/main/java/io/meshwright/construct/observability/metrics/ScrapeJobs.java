package io.meshwright.construct.observability.metrics;

import static io.meshwright.construct.observability.metrics.Relabel.copy;
import static io.meshwright.construct.observability.metrics.Relabel.drop;
import static io.meshwright.construct.observability.metrics.Relabel.keep;
import static io.meshwright.construct.observability.metrics.Relabel.podAnnotation;
import static io.meshwright.construct.observability.metrics.Relabel.podLabel;
import static io.meshwright.construct.observability.metrics.Relabel.rewrite;

import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.text.Section;
import io.meshwright.value.istio.IstioLabels;
import java.util.List;

/** The scrape jobs of Prometheus: annotated pods, istiod, the objects of the cluster, its nodes and its kubelets. */
final class ScrapeJobs {
    private static final String ADDRESS = "__address__";
    private static final String POD_IP = "__meta_kubernetes_pod_ip";
    private static final String NODE = "__meta_kubernetes_pod_node_name";
    private static final String SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/";
    // What dashboards and rules read of the hundreds of series that a kubelet and its cAdvisor export for each
    // container.
    private static final String CADVISOR_SERIES = "container_(cpu_usage_seconds_total|cpu_cfs_periods_total"
            + "|cpu_cfs_throttled_periods_total|memory_working_set_bytes|network_(receive|transmit)_bytes_total)";
    private static final String KUBELET_SERIES = "kubelet_(volume_stats_.+|running_pods|node_name)";

    private ScrapeJobs() {}

    static List<Section> of(Settings settings) {
        return List.of(
                pods(),
                istiod(settings),
                kubeStateMetrics(settings),
                nodeExporter(settings),
                kubelet(ScrapeJob.KUBELET, "/metrics", KUBELET_SERIES),
                kubelet(ScrapeJob.CADVISOR, "/metrics/cadvisor", CADVISOR_SERIES));
    }

    /**
     * Merged metrics of every sidecar and gateway, applications without sidecar, and the monitoring tools themselves.
     */
    private static Section pods() {
        return job(ScrapeJob.PODS)
                .with("kubernetes_sd_configs", List.of(discovery("pod")))
                // Since 3.0 an answer without a right Content-Type is refused (prometheus.io, migration).
                .with("fallback_scrape_protocol", "PrometheusText0.0.4")
                .with(
                        "relabel_configs",
                        List.of(
                                keep(podAnnotation(ScrapeAnnotations.SCRAPE), "true"),
                                // istiod carries the annotations too; scraped by two jobs it would count twice.
                                drop(podLabel("app"), "istiod"),
                                dropEnded(),
                                rewrite(
                                        List.of(podAnnotation(ScrapeAnnotations.SCHEME)),
                                        "(https?)",
                                        "__scheme__",
                                        "$1"),
                                copy(podAnnotation(ScrapeAnnotations.PATH), "__metrics_path__"),
                                rewrite(
                                        List.of(podAnnotation(ScrapeAnnotations.PORT), POD_IP),
                                        "([0-9]+);([0-9.]+)",
                                        ADDRESS,
                                        "$2:$1"),
                                rewrite(
                                        List.of(podAnnotation(ScrapeAnnotations.PORT), POD_IP),
                                        "([0-9]+);([0-9a-fA-F:]+)",
                                        ADDRESS,
                                        "[$2]:$1"),
                                copy("__meta_kubernetes_namespace", "namespace"),
                                copy("__meta_kubernetes_pod_name", "pod"),
                                copy(NODE, "node"),
                                copy(podLabel("app.kubernetes.io/name"), "app"),
                                copy(podLabel("app"), "app"),
                                copy(podLabel("version"), "version"),
                                // Tells a canary from the stable pods where Argo Rollouts drives the release and both
                                // carry one version label.
                                copy(podLabel("rollouts-pod-template-hash"), "rollout_hash")));
    }

    private static Section istiod(Settings settings) {
        Section discovery = discovery("pod")
                .with("namespaces", Section.of("names", List.of(settings.mesh().istioNamespace())));
        return job(ScrapeJob.ISTIOD)
                .with("kubernetes_sd_configs", List.of(discovery))
                .with(
                        "relabel_configs",
                        List.of(
                                keep(podLabel("app"), "istiod"),
                                dropEnded(),
                                // By pod, not by Service: every revision has a Service name of its own, and all carry
                                // this label.
                                rewrite(
                                        List.of(POD_IP),
                                        "([0-9.]+)",
                                        ADDRESS,
                                        "$1:%d".formatted(ScrapeJob.ISTIOD.port())),
                                rewrite(
                                        List.of(POD_IP),
                                        "([0-9a-fA-F]*:[0-9a-fA-F:]+)",
                                        ADDRESS,
                                        "[$1]:%d".formatted(ScrapeJob.ISTIOD.port())),
                                copy("__meta_kubernetes_pod_name", "pod"),
                                copy(podLabel(IstioLabels.REVISION), "revision")));
    }

    /**
     * Its series carry the namespace and pod of the object that they speak of, which must win over those of the target.
     */
    private static Section kubeStateMetrics(Settings settings) {
        return job(ScrapeJob.KUBE_STATE_METRICS)
                .with("honor_labels", true)
                .with(
                        "static_configs",
                        List.of(Section.of(
                                "targets",
                                List.of("kube-state-metrics.%s.svc:%d"
                                        .formatted(
                                                settings.domain().namespace(), ScrapeJob.KUBE_STATE_METRICS.port())))));
    }

    private static Section nodeExporter(Settings settings) {
        Section discovery =
                discovery("pod").with("namespaces", Section.of("names", List.of(settings.agentNamespace())));
        return job(ScrapeJob.NODE_EXPORTER)
                .with("kubernetes_sd_configs", List.of(discovery))
                .with(
                        "relabel_configs",
                        List.of(
                                keep(podLabel("app"), "node-exporter"),
                                dropEnded(),
                                copy(NODE, "node"),
                                copy(NODE, "instance")));
    }

    private static Section kubelet(ScrapeJob job, String path, String series) {
        return job(job).with("scheme", "https")
                .with("metrics_path", path)
                .with("authorization", Section.of("credentials_file", SERVICE_ACCOUNT + "token"))
                // Kubelets serve certificates that they signed themselves unless the cluster bootstraps them otherwise
                // (kubernetes.io, kubelet serving certificates): a CA to verify them by does not exist everywhere.
                .with("tls_config", Section.of("insecure_skip_verify", true))
                .with("kubernetes_sd_configs", List.of(discovery("node")))
                .with("relabel_configs", List.of(copy("__meta_kubernetes_node_name", "node")))
                .with("metric_relabel_configs", List.of(keep("__name__", series)));
    }

    /** An evicted or finished pod stays listed, with an address that nobody answers at. */
    private static Section dropEnded() {
        return drop("__meta_kubernetes_pod_phase", "Pending|Succeeded|Failed");
    }

    private static Section job(ScrapeJob job) {
        return Section.of("job_name", job.label());
    }

    private static Section discovery(String role) {
        return Section.of("role", role);
    }
}
