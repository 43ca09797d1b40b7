package io.meshwright.plan.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.ObjectId;
import io.meshwright.plan.side.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Disruption budgets that demand more pods than there are, or than a roll-out leaves: no node can be drained. */
final class Budgets {
    private static final Kind BUDGET = new Kind("policy", "PodDisruptionBudget");

    /** Pods of a budget, and how many of them it wants to serve. */
    private record Demand(Manifest budget, List<Pod> pods, int replicas, int demanded) {}

    private Budgets() {}

    static List<Change> changes(Side before, Side after, Set<ObjectId> restarted) {
        List<Change> tight = new ArrayList<>();
        for (Manifest budget : after.manifests().kind(BUDGET)) {
            demand(after.mesh(), budget)
                    .flatMap(demand -> tight(before, demand).or(() -> rolling(demand, restarted)))
                    .ifPresent(tight::add);
        }
        return tight;
    }

    private static Optional<Change> tight(Side before, Demand now) {
        if (now.replicas() > now.demanded()) {
            return Optional.empty();
        }
        boolean was = before.manifests()
                .find(BUDGET, now.budget().home(), now.budget().name())
                .flatMap(old -> demand(before.mesh(), old))
                .filter(old -> old.replicas() <= old.demanded())
                .isPresent();
        return was
                ? Optional.empty()
                : Optional.of(change(
                        now,
                        "demands %d of %d pods, so none may leave a node that is drained"
                                .formatted(now.demanded(), now.replicas())));
    }

    /** A roll-out asks no budget (kubernetes.io, disruptions), but what it takes away counts for whoever drains. */
    private static Optional<Change> rolling(Demand now, Set<ObjectId> restarted) {
        int serving = now.replicas();
        for (Pod pod : now.pods()) {
            if (restarted.contains(ObjectId.of(pod.source().manifest()))) {
                serving -= RollOut.of(pod).map(RollOut::unavailable).orElse(0);
            }
        }
        return serving < now.demanded()
                ? Optional.of(change(
                        now,
                        "demands %d of %d pods, and the roll-out leaves %d of them meanwhile"
                                .formatted(now.demanded(), now.replicas(), serving)))
                : Optional.empty();
    }

    private static Change change(Demand demand, String sentence) {
        return ChangeRule.BUDGET_TIGHT
                .of(ObjectId.of(demand.budget()).toString(), sentence)
                .because(demand.pods().stream()
                        .map(pod -> "pods of %s".formatted(pod.source().manifest()))
                        .distinct()
                        .toList());
    }

    /** Empty where the number of pods, or what is demanded, cannot be known. */
    private static Optional<Demand> demand(Mesh mesh, Manifest budget) {
        JsonNode selector = budget.at("/spec/selector");
        Selector selected = Selector.of(selector);
        List<Pod> pods = mesh.pods().all().stream()
                .filter(pod -> pod.namespace().equals(budget.home()) && pod.isSelectedBy(selected))
                .toList();
        if (pods.isEmpty() || pods.stream().map(Pod::replicas).anyMatch(OptionalInt::isEmpty) || !selector.isObject()) {
            return Optional.empty();
        }
        int replicas = pods.stream().mapToInt(pod -> pod.replicas().orElse(0)).sum();
        return replicas == 0
                ? Optional.empty()
                : demanded(budget.at("/spec"), replicas).map(demanded -> new Demand(budget, pods, replicas, demanded));
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
}
