package io.meshwright.construct.observability;

import static io.meshwright.construct.observability.ReadRights.read;

import io.meshwright.construct.observability.alerts.AlertReceivers;
import io.meshwright.construct.observability.alerts.AlertmanagerConfig;
import io.meshwright.construct.observability.metrics.PrometheusConfig;
import io.meshwright.construct.observability.metrics.RemoteStores;
import io.meshwright.construct.observability.metrics.ScrapeJob;
import io.meshwright.construct.observability.settings.Component;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.settings.ToolAddress;
import io.meshwright.construct.pod.Pod;
import io.meshwright.construct.pod.PodMount;
import io.meshwright.construct.pod.PodProbe;
import io.meshwright.construct.pod.PodVolume;
import io.meshwright.value.workload.Protocol;
import io.meshwright.value.workload.ServicePort;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.constructs.Construct;

/**
 * Runs the programs for metrics and alerts: Prometheus, Alertmanager, and the exporters of the cluster's objects and
 * nodes.
 */
final class MetricsTools {
    private final Construct scope;
    private final Plan plan;
    private final Settings settings;

    MetricsTools(Construct scope, Plan plan) {
        this.scope = scope;
        this.plan = plan;
        this.settings = plan.settings();
    }

    void run() {
        prometheus();
        alertmanager();
        kubeStateMetrics();
        nodeExporter();
    }

    private void prometheus() {
        ToolAddress address = plan.address(Tool.PROMETHEUS);
        Program program = new Program(scope, plan, Component.PROMETHEUS)
                .file("prometheus", PrometheusConfig.FILE, PrometheusConfig.text(settings))
                .files("prometheus-rules", PrometheusConfig.RULES, RuleFiles.of(settings))
                .data(PrometheusConfig.DATA, settings.volumes().prometheus())
                .port(ServicePort.http(address.tool().port()))
                // Replaying the write-ahead log of a full volume takes minutes.
                .probes(address.readiness().path(), address.liveness().path(), "http", 900)
                .scraped(address.metrics())
                .container(container -> container.args(PrometheusConfig.arguments(settings)))
                .pod(pod -> pod.token(true).graceSeconds(300));
        int number = 0;
        for (String secret : RemoteStores.secrets(settings.parts().remoteWrite())) {
            // A Secret's name may be longer than a volume's.
            String volume = "store-%d".formatted(number);
            program.volume(PodVolume.secret(volume, secret), PodMount.readOnly(volume, RemoteStores.folder(secret)));
            number++;
        }
        // Discovery by pods and nodes; nodes/metrics is what a kubelet asks for.
        new ReadRights(
                program,
                Component.PROMETHEUS,
                plan.namespace(Component.PROMETHEUS),
                List.of(read("", "nodes", "nodes/metrics", "pods")));
        program.run(1);
    }

    private void alertmanager() {
        ToolAddress address = plan.address(Tool.ALERTMANAGER);
        Program program = new Program(scope, plan, Component.ALERTMANAGER)
                .file("alertmanager", AlertmanagerConfig.FILE, AlertmanagerConfig.text(settings))
                .data(AlertmanagerConfig.DATA, settings.volumes().alertmanager())
                .port(ServicePort.http(address.tool().port()))
                .probes(address.readiness().path(), address.liveness().path(), "http", 60)
                .scraped(address.metrics())
                .container(container -> container.args(AlertmanagerConfig.arguments(settings)));
        settings.notifications()
                .ifPresent(notifications -> program.volume(
                        PodVolume.secret("slack", notifications.webhook().name()),
                        PodMount.readOnly("slack", AlertmanagerConfig.SECRETS)));
        int number = 0;
        for (String secret : settings.receiverSecrets()) {
            // A Secret's name may be longer than a volume's.
            String volume = "receiver-%d".formatted(number);
            program.volume(PodVolume.secret(volume, secret), PodMount.readOnly(volume, AlertReceivers.folder(secret)));
            number++;
        }
        program.run(1);
    }

    private void kubeStateMetrics() {
        Program program = new Program(scope, plan, Component.KUBE_STATE_METRICS)
                .port(ServicePort.of(
                        "http",
                        ScrapeJob.KUBE_STATE_METRICS.port(),
                        ScrapeJob.KUBE_STATE_METRICS.port(),
                        Protocol.HTTP))
                .inside("telemetry", 8081)
                .container(
                        container -> container.args(
                                List.of(
                                        "--resources=cronjobs,daemonsets,deployments,horizontalpodautoscalers,jobs,nodes,pods,statefulsets")))
                .container(container ->
                        container.ready(PodProbe.http("/readyz", "telemetry")).live(PodProbe.http("/livez", "http")))
                .pod(pod -> pod.token(true));
        new ReadRights(
                program,
                Component.KUBE_STATE_METRICS,
                plan.namespace(Component.KUBE_STATE_METRICS),
                List.of(
                        read("", "nodes", "pods"),
                        read("apps", "daemonsets", "deployments", "statefulsets"),
                        read("autoscaling", "horizontalpodautoscalers"),
                        read("batch", "cronjobs", "jobs")));
        program.run(1);
    }

    private void nodeExporter() {
        Program program =
                new Program(scope, plan, Component.NODE_EXPORTER).inside("metrics", ScrapeJob.NODE_EXPORTER.port());
        Map<String, String> folders = new TreeMap<>(Map.of("proc", "/proc", "root", "/", "sys", "/sys"));
        folders.forEach((name, path) -> program.volume(
                PodVolume.host(name, path, "Directory"), PodMount.ofNode(name, "/host/%s".formatted(name))));
        program.container(container -> container
                        .args(List.of(
                                "--path.procfs=/host/proc",
                                "--path.sysfs=/host/sys",
                                "--path.rootfs=/host/root",
                                "--collector.filesystem.mount-points-exclude="
                                        + "^/(dev|proc|run|sys|var/lib/(containerd|docker|kubelet)/.+)($|/)"))
                        .probe(PodProbe.http("/", "metrics")))
                // It measures the node's own network and processes (checkov CKV_K8S_17 and CKV_K8S_19).
                .pod(pod -> pod.placement(Pod.Placement.EVERY_NODE_AS_PART_OF_IT));
        program.run(1);
    }
}
