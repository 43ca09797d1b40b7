package io.meshwright.plan.delivery;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.FieldChange;
import io.meshwright.plan.object.ObjectChange;
import io.meshwright.plan.object.ObjectChanges;
import io.meshwright.plan.object.ObjectId;
import io.meshwright.plan.side.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Pods that are replaced, and pods that keep old values or an old proxy although they should be. */
final class Restarts {
    private static final Set<Kind> ROLLED = Set.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET, Kind.ROLLOUT);

    private Restarts() {}

    static List<Change> changes(Side before, Side after, ObjectChanges changes, RefusedFields refused) {
        List<Change> all = new ArrayList<>();
        Set<ObjectId> restarted = new TreeSet<>();
        changes.changed()
                .filter(changed -> ROLLED.contains(changed.id().kind()) && !refused.refuses(changed))
                .forEach(changed -> {
                    List<String> why = changed.fields().stream()
                            .filter(field -> field.isBelow("spec", "template"))
                            .map(FieldChange::field)
                            .toList();
                    if (!why.isEmpty() && !hasNoPods(after.mesh(), changed.id())) {
                        Optional<String> staying = StayingPods.why(changed.after());
                        staying.ifPresent(until -> all.add(staying(changed, until, why)));
                        if (staying.isEmpty()) {
                            restarted.add(changed.id());
                            all.add(restart(after.mesh(), changed, why));
                        }
                    }
                });
        all.addAll(HeldClaims.changes(after.mesh(), restarted));
        all.addAll(Budgets.changes(before, after, restarted));
        all.addAll(StaleValues.changes(after.mesh(), changes, restarted));
        all.addAll(StaleProxies.changes(after.mesh(), changes));
        return all;
    }

    /** True if nobody wants a pod; an autoscaler leaves the number open. */
    private static boolean hasNoPods(Mesh after, ObjectId workload) {
        return RollOut.of(after, workload).anyMatch(rollOut -> rollOut.replicas() == 0);
    }

    private static Change staying(ObjectChange.Changed changed, String until, List<String> why) {
        return ChangeRule.VALUES_STALE
                .of(changed.id().toString(), "nothing restarts: %s".formatted(until))
                .because(because(why).toList());
    }

    private static Stream<String> because(List<String> fields) {
        return fields.stream().map("because of %s"::formatted);
    }

    private static Change restart(Mesh after, ObjectChange.Changed changed, List<String> why) {
        Optional<String> down = down(after, changed);
        ChangeRule rule = down.isPresent() ? ChangeRule.DOWNTIME : ChangeRule.POD_RESTARTS;
        return rule.of(
                        changed.id().toString(),
                        down.map("its pods are replaced, and none serves in between: %s"::formatted)
                                .orElseGet(() -> one(changed.after())))
                .because(Stream.concat(because(why), AskedOfNodes.meanwhile(after, changed.id()))
                        .toList());
    }

    private static String one(Manifest workload) {
        int kept = StayingPods.kept(workload);
        return kept > 0
                ? "its pods from the %d. on are replaced one after the other".formatted(kept + 1)
                : "its pods are replaced one after the other";
    }

    /** Why nothing serves while the pods are replaced. */
    private static Optional<String> down(Mesh after, ObjectChange.Changed changed) {
        Manifest workload = changed.after();
        if (workload.at("/spec/strategy/type").asText("").equals("Recreate")) {
            return Optional.of("strategy Recreate");
        }
        // with an autoscaler the number of pods is not known, but this lets all go whatever it is
        boolean all = workload.at("/spec/strategy/rollingUpdate/maxUnavailable")
                .asText("")
                .equals("100%");
        if (!all && RollOut.of(after, changed.id()).noneMatch(RollOut::isDown)) {
            return Optional.empty();
        }
        return Optional.of(
                workload.kind().equals(Kind.STATEFUL_SET)
                        ? "a StatefulSet with one replica"
                        : "maxUnavailable and maxSurge let all pods go");
    }
}
