package io.meshwright.check.evidence;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The workload whose pods an autoscaler counts. KEDA takes a target without a kind for a Deployment. */
public record ScaleTarget(Manifest autoscaler, String kind, String name) {
    private static final List<Kind> AUTOSCALERS =
            List.of(new Kind("autoscaling", "HorizontalPodAutoscaler"), new Kind("keda.sh", "ScaledObject"));
    private static final String TARGET = "/spec/scaleTargetRef";
    private static final Map<String, Kind> WORKLOADS = Map.of(
            Kind.DEPLOYMENT.name(), Kind.DEPLOYMENT,
            Kind.STATEFUL_SET.name(), Kind.STATEFUL_SET,
            Kind.REPLICA_SET.name(), Kind.REPLICA_SET,
            Kind.ROLLOUT.name(), Kind.ROLLOUT);

    /** Those of all autoscalers, Kubernetes' first. */
    public static Stream<ScaleTarget> all(Manifests manifests) {
        return AUTOSCALERS.stream()
                .flatMap(kind -> manifests.kind(kind).stream())
                .map(autoscaler -> new ScaleTarget(
                        autoscaler,
                        autoscaler.text(TARGET.concat("/kind")).orElse(Kind.DEPLOYMENT.name()),
                        autoscaler.at(TARGET).path("name").asText("")));
    }

    public Source source() {
        return Source.of(autoscaler).at(TARGET);
    }

    /** Tells whether it is a workload of Kubernetes or Argo Rollouts, and not one that another controller scales. */
    public boolean isOfKnownKind() {
        return WORKLOADS.containsKey(kind) && !name.isEmpty();
    }

    /** Tells whether the workload is among the manifests; one that names no namespace may be applied to any. */
    public boolean isIn(Manifests manifests) {
        return manifests.kind(WORKLOADS.getOrDefault(kind, Kind.DEPLOYMENT)).stream()
                .anyMatch(workload -> workload.name().equals(name)
                        && (workload.namespace().isEmpty()
                                || autoscaler.namespace().isEmpty()
                                || workload.home().equals(autoscaler.home())));
    }

    /** {@code Deployment shop/web}. */
    @Override
    public String toString() {
        return "%s %s/%s".formatted(kind, autoscaler.home(), name);
    }
}
