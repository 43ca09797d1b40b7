package io.meshwright.upgrade;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.install.Deliverer;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.page.Markdown;
import io.meshwright.value.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Steps of a person in every upgrade: both control planes, namespaces by tag, gateways, the end, and the way back. */
final class Procedure {
    private static final String ROLLOUT = "Rollout";
    private static final Set<String> INSTALLERS = Set.of("Application", "HelmRelease", "Release");
    private static final List<String> STEPS = List.of(
            "Write `istio` as the step says it, and `tag: edge` under `gateway`. The newer control "
                    + "plane starts beside the one that serves; nobody follows it yet. Back: undo the commit.",
            "Move one namespace: `tag: next` below its name under `namespaces`. Sync, restart its "
                    + "workloads, watch errors and latency. Back: remove the tag, restart again. One namespace "
                    + "after the other, until you trust it.",
            "Move all others, the tools too: point `stable` at the newer revision, and remove the "
                    + "tags of step 2. Sync and restart. Back: point `stable` at the older one, one line, and "
                    + "restart.",
            "Move the gateways: point `edge` at the newer revision, sync, restart them. Back: point "
                    + "it at the older one. Meshwright refuses to move them before the namespaces.",
            "End: remove `from`. %s once `istioctl proxy-status` shows nobody on it.");

    private final Markdown page;
    private final Mesh mesh;
    private final Deliverer deliverer;

    Procedure(Markdown page, Mesh mesh) {
        this.page = page;
        this.mesh = mesh;
        this.deliverer = Deliverer.of(mesh.manifests());
    }

    /** The name of a release's control plane: {@code 1-25-5}. */
    static String revision(Version istio) {
        return istio.value().replace('.', '-');
    }

    void write() {
        page.heading("How each step goes")
                .paragraph(
                        "Every number is one commit of the environment file and of `dist/`; %s the rest but the restarts."
                                .formatted(worker()))
                .steps(STEPS.stream().map(step -> step.replace("%s", last())).toList())
                .paragraph("A pod has the proxy of the day that it started, so what follows a tag is restarted:");
        restarts();
    }

    private String worker() {
        return switch (deliverer) {
            case ARGO_CD -> "Argo CD does";
            case FLUX -> "Flux does";
            case PEOPLE -> "the steps of the installation do";
        };
    }

    /** The way in which the older control plane goes. */
    private String last() {
        return switch (deliverer) {
            case ARGO_CD ->
                "Argo CD asks a person before it deletes the older control plane (`Delete=confirm`); confirm";
            case FLUX -> "Flux leaves the older control plane in the cluster; delete its HelmRelease in `flux-system`";
            case PEOPLE -> "`helm uninstall` the older control plane";
        };
    }

    private void restarts() {
        Map<String, List<String>> commands = new TreeMap<>();
        mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isSidecar() || pod.proxy().isGateway())
                .forEach(pod -> commands.computeIfAbsent(pod.namespace(), namespace -> new ArrayList<>())
                        .add(command(pod)));
        page.code(
                "",
                commands.values().stream()
                        .flatMap(restarts -> restarts.stream().distinct().sorted())
                        .toList());
    }

    /** Argo Rollouts replaces its own pods, one step of the canary after the other only where the template changes. */
    private static String command(Pod pod) {
        String kind = pod.source().manifest().kind().name();
        return kind.equals(ROLLOUT)
                ? "kubectl argo rollouts restart %s -n %s".formatted(pod.name(), pod.namespace())
                : "kubectl rollout restart %s/%s -n %s"
                        .formatted(
                                INSTALLERS.contains(kind) ? "deployment" : kind.toLowerCase(Locale.ROOT),
                                pod.name(),
                                pod.namespace());
    }
}
