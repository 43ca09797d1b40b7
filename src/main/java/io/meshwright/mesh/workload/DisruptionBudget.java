package io.meshwright.mesh.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A PodDisruptionBudget over pods whose number is known.
 *
 * @param pods those that it selects, at least one
 * @param replicas how many pods these are at least, more than none
 * @param demanded how many of them must be ready, from 0
 */
public record DisruptionBudget(Manifest manifest, List<Pod> pods, int replicas, int demanded) {
    public static final Kind KIND = new Kind("policy", "PodDisruptionBudget");

    /** Empty where the number of pods, or what is demanded, cannot be known. */
    public static Optional<DisruptionBudget> of(Manifest budget, Pods all) {
        List<Pod> pods = selected(budget, all);
        if (pods.isEmpty() || pods.stream().map(Pod::replicas).anyMatch(OptionalInt::isEmpty)) {
            return Optional.empty();
        }
        int replicas = pods.stream().mapToInt(pod -> pod.replicas().orElse(0)).sum();
        return replicas == 0
                ? Optional.empty()
                : demanded(budget.at("/spec"), replicas)
                        .map(demanded -> new DisruptionBudget(budget, pods, replicas, demanded));
    }

    /** The pods that a budget is for: an empty selector selects all of its namespace, a missing one none. */
    public static List<Pod> selected(Manifest budget, Pods all) {
        JsonNode selector = budget.at("/spec/selector");
        if (!selector.isObject()) {
            return List.of();
        }
        Selector selected = Selector.of(selector);
        return all.in(budget.home()).stream()
                .filter(pod -> pod.isSelectedBy(selected))
                .toList();
    }

    /** Percentages round up on either field (kubernetes, disruption controller). */
    private static Optional<Integer> demanded(JsonNode spec, int replicas) {
        Optional<Integer> least = IntOrPercent.of(spec.path("minAvailable"), replicas)
                .map(Math::ceil)
                .map(Double::intValue);
        return least.or(() -> IntOrPercent.of(spec.path("maxUnavailable"), replicas)
                .map(Math::ceil)
                .map(most -> Math.max(0, replicas - most.intValue())));
    }

    /** Tells whether none of the pods may be evicted. */
    public boolean holdsAll() {
        return replicas <= demanded;
    }
}
