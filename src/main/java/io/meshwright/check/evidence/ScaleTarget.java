package io.meshwright.check.evidence;

import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The workload that an autoscaler names.
 *
 * @param source the reference to it
 */
public record ScaleTarget(Manifest autoscaler, Source source, Kind kind, String name) {
    private static final List<Kind> COUNTERS =
            List.of(new Kind("autoscaling", "HorizontalPodAutoscaler"), new Kind("keda.sh", "ScaledObject"));

    // Other kinds have the scale subresource too, and what makes them is not among the manifests.
    private static final Set<Kind> KNOWN = Set.of(Kind.ROLLOUT, new Kind("", "ReplicationController"));
    private static final Set<String> KNOWN_GROUPS = Set.of("apps", "batch");

    /** Those of all autoscalers that change the number of pods, Kubernetes' first. */
    public static Stream<ScaleTarget> counted(Manifests manifests) {
        return COUNTERS.stream()
                .flatMap(kind -> manifests.kind(kind).stream())
                .map(autoscaler -> of(autoscaler, "/spec/scaleTargetRef"));
    }

    /** The target at a pointer; KEDA takes one without a kind for a Deployment. */
    public static ScaleTarget of(Manifest autoscaler, String reference) {
        return new ScaleTarget(
                autoscaler,
                Source.of(autoscaler).at(reference),
                Kind.of(
                        autoscaler.text(reference.concat("/apiVersion")).orElse("apps/v1"),
                        autoscaler.text(reference.concat("/kind")).orElse(Kind.DEPLOYMENT.name())),
                autoscaler.text(reference.concat("/name")).orElse(""));
    }

    /** Tells whether another autoscaler names the same workload. */
    public boolean isOf(ScaleTarget other) {
        return toString().equals(other.toString());
    }

    /**
     * The finding that it is not there; one that names no namespace may be applied to any. A note where only a part of
     * the namespace is given, or a chart may make it.
     */
    public Optional<Finding> missing(Rule rule, Mesh mesh, Completeness completeness) {
        boolean known = KNOWN.contains(kind) || KNOWN_GROUPS.contains(kind.group());
        if (!known || name.isEmpty() || isIn(mesh.manifests()) || isMade(mesh)) {
            return Optional.empty();
        }
        String home = autoscaler.home();
        return Optional.of(Completeness.weighed(
                rule.at(source, "there is no %s \"%s\" in namespace \"%s\"".formatted(kind.name(), name, home)),
                completeness.isWhole(home) && mesh.otherCharts().within(home).isEmpty()));
    }

    /** True if istiod or a chart of Istio makes it, such as the Deployment of a Gateway or of a waypoint. */
    private boolean isMade(Mesh mesh) {
        return kind.equals(Kind.DEPLOYMENT)
                && (mesh.installation().pods().stream()
                                .anyMatch(pod -> pod.name().equals(name)
                                        && pod.namespace().equals(autoscaler.home()))
                        || mesh.waypoints().makes(autoscaler.home(), name));
    }

    private boolean isIn(Manifests manifests) {
        return manifests.kind(kind).stream()
                .anyMatch(workload -> workload.name().equals(name)
                        && (workload.namespace().isEmpty()
                                || autoscaler.namespace().isEmpty()
                                || workload.home().equals(autoscaler.home())));
    }

    /** {@code Deployment shop/web}. */
    @Override
    public String toString() {
        return "%s %s/%s".formatted(kind.name(), autoscaler.home(), name);
    }
}
