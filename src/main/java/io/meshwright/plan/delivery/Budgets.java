package io.meshwright.plan.delivery;

import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.workload.DisruptionBudget;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.ObjectId;
import io.meshwright.plan.side.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Disruption budgets that demand more pods than there are, or than a roll-out leaves: no node can be drained. */
final class Budgets {
    private Budgets() {}

    static List<Change> changes(Side before, Side after, Set<ObjectId> restarted) {
        List<Change> tight = new ArrayList<>();
        for (Manifest budget : after.manifests().kind(DisruptionBudget.KIND)) {
            DisruptionBudget.of(budget, after.mesh().pods())
                    .flatMap(demand -> tight(before, demand).or(() -> rolling(demand, restarted)))
                    .ifPresent(tight::add);
        }
        return tight;
    }

    private static Optional<Change> tight(Side before, DisruptionBudget now) {
        if (!now.holdsAll()) {
            return Optional.empty();
        }
        boolean was = before.manifests()
                .find(
                        DisruptionBudget.KIND,
                        now.manifest().home(),
                        now.manifest().name())
                .flatMap(old -> DisruptionBudget.of(old, before.mesh().pods()))
                .filter(DisruptionBudget::holdsAll)
                .isPresent();
        return was
                ? Optional.empty()
                : Optional.of(change(
                        now,
                        "demands %d of %d pods, so none may leave a node that is drained"
                                .formatted(now.demanded(), now.replicas())));
    }

    /** A roll-out asks no budget (kubernetes.io, disruptions), but what it takes away counts for whoever drains. */
    private static Optional<Change> rolling(DisruptionBudget now, Set<ObjectId> restarted) {
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

    private static Change change(DisruptionBudget demand, String sentence) {
        return ChangeRule.BUDGET_TIGHT
                .of(ObjectId.of(demand.manifest()).toString(), sentence)
                .because(demand.pods().stream()
                        .map(pod -> "pods of %s".formatted(pod.source().manifest()))
                        .distinct()
                        .toList());
    }
}
