package io.meshwright.check.rule.workload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.install.SidecarTemplate;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.SeccompProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A sidecar that istiod puts into a pod keeps the Pod Security level that the pod's namespace enforces: the level is
 * asked after injection, of the pod and not of what makes it, so a Deployment is taken and its pods are refused
 * (kubernetes.io, Pod Security Admission).
 */
@AutoService(Inspection.class)
public final class SidecarsKeepPodSecurity implements Check {
    public static final Rule SIDECAR_BREAKS_POD_SECURITY = Rule.error("MESH313", "sidecar_breaks_pod_security")
            .title("An injected sidecar breaks the Pod Security level of its namespace")
            .consequence(
                    "Pods that run already stay; every new one is refused, at the latest after the next restart of a node.")
            .remedy(
                    "Set seccompProfile.type RuntimeDefault in the securityContext of the pod, let istio-cni take the place of "
                            + "istio-init, or keep the pod out of the mesh.");

    private static final String ENFORCE = "pod-security.kubernetes.io/enforce";
    // Of a control plane that lies elsewhere nobody knows whether istio-cni is there; that it gives no profile is
    // likely.
    private static final SidecarTemplate ELSEWHERE = new SidecarTemplate(
            JsonNodeFactory.instance
                    .objectNode()
                    .set("cni", JsonNodeFactory.instance.objectNode().put("enabled", true)),
            Optional.empty());

    @Override
    public List<Rule> rules() {
        return List.of(SIDECAR_BREAKS_POD_SECURITY);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        // Of a pod that Externals declare, or that a patch completes, nobody knows here what its securityContext is.
        Stream<Pod> whole = mesh.pods().all().stream()
                .filter(pod -> !pod.spec().path("containers").isEmpty());
        return Stream.concat(whole, mesh.chartPods().stream())
                .filter(pod -> pod.proxy().isSidecar() && pod.proxy().inMesh().isYes() && !isWritten(pod))
                .flatMap(pod -> finding(mesh, pod).stream());
    }

    /** True if the pod brings containers of the sidecar itself, as one that was read from a cluster does. */
    private static boolean isWritten(Pod pod) {
        return Stream.of("containers", "initContainers")
                .flatMap(list -> Fields.items(pod.spec().path(list)).stream())
                .anyMatch(container -> container.path("name").asText("").startsWith("istio-"));
    }

    private static Optional<Finding> finding(Mesh mesh, Pod pod) {
        String level = mesh.namespaces()
                .labels(pod.namespace())
                .map(labels -> labels.getOrDefault(ENFORCE, ""))
                .orElse("");
        boolean restricted = level.equals("restricted");
        List<SidecarTemplate> templates = mesh.installation().sidecarTemplates();
        boolean changed = templates.stream().anyMatch(template -> template.isChangedFor(pod));
        if (!restricted && !level.equals("baseline") || changed) {
            return Optional.empty();
        }
        // Of several control planes each may be the one that injects; what one of them keeps is no certain breach.
        List<SidecarTemplate> asked = templates.isEmpty() ? List.of(ELSEWHERE) : templates;
        List<String> breaches = asked.stream()
                .map(template -> breaches(template, pod, restricted))
                .reduce((some, others) -> some.isEmpty() || others.isEmpty() ? List.of() : some)
                .orElse(List.of());
        return breaches.isEmpty()
                ? Optional.empty()
                : Optional.of(Completeness.weighed(
                        SIDECAR_BREAKS_POD_SECURITY.at(
                                pod.source().at("/spec/securityContext"),
                                "namespace \"%s\" enforces %s, and of what is injected into %s %s: its pods are refused"
                                        .formatted(pod.namespace(), level, pod.name(), String.join("; ", breaches))),
                        !templates.isEmpty()));
    }

    private static List<String> breaches(SidecarTemplate template, Pod pod, boolean restricted) {
        List<String> breaches = new ArrayList<>(template.privileges(pod));
        boolean profile = SeccompProfile.isSafe(pod.spec().path("securityContext")) || template.hasSeccompProfile();
        if (restricted && !profile) {
            breaches.add("%s no seccomp profile".formatted(has(template.containers(pod))));
        }
        return breaches;
    }

    private static String has(List<String> containers) {
        return "%s %s".formatted(String.join(" and ", containers), containers.size() == 1 ? "has" : "have");
    }
}
