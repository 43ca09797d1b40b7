package io.meshwright.stack;

import io.meshwright.construct.delivery.sync.Wave;
import io.meshwright.construct.object.ApiObjects;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cdk8s.Chart;

/** Tells Argo CD which objects of one stack it applies before the pods, and which it removes after everything else. */
final class Waves {
    private static final Set<String> LIMITS =
            Set.of("AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication", "ServiceEntry", "Sidecar");
    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "Rollout");

    private Waves() {}

    /**
     * Sets the waves of a chart's objects. Limits stand before the pods that they are about: on the first sync no pod
     * answers unguarded, nor calls blindly. Kubernetes' own NetworkPolicies need no wave: Argo CD applies them before
     * workloads by their kind. A workload goes last, when the one that takes its place is healthy. Not everything goes
     * last: a sync that removes something last waits for whatever it applied, and a paused canary would hold the next
     * commit back.
     */
    static void in(Chart chart) {
        Map<String, Map<String, String>> annotations = new LinkedHashMap<>();
        for (ApiObjects.Named object : ApiObjects.below(chart)) {
            of(object.kind()).ifPresent(wave -> annotations.put(object.path(), wave));
        }
        ApiObjects.annotate(chart, annotations);
    }

    /** The annotations of one kind; none for most. */
    static Optional<Map<String, String>> of(String kind) {
        if (LIMITS.contains(kind)) {
            return Optional.of(Wave.beforePods());
        }
        return WORKLOADS.contains(kind) ? Optional.of(Wave.removedLast()) : Optional.empty();
    }
}
