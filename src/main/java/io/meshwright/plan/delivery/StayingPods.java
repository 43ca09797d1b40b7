package io.meshwright.plan.delivery;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import java.util.Optional;
import java.util.Set;

/** Workloads whose pods stay as they are although their template changes, until somebody does something. */
final class StayingPods {
    private static final Set<Kind> PAUSED = Set.of(Kind.DEPLOYMENT, Kind.ROLLOUT);
    private static final Set<Kind> UPDATED = Set.of(Kind.STATEFUL_SET, Kind.DAEMON_SET);

    private StayingPods() {}

    /** Why, and until when; empty where pods are replaced. */
    static Optional<String> why(Manifest workload) {
        if (PAUSED.contains(workload.kind()) && workload.at("/spec/paused").asBoolean(false)) {
            return Optional.of("spec.paused: its pods stay until it is resumed");
        }
        if (UPDATED.contains(workload.kind())
                && workload.at("/spec/updateStrategy/type").asText("").equals("OnDelete")) {
            return Optional.of("spec.updateStrategy.type OnDelete: each pod stays until somebody deletes it");
        }
        int kept = kept(workload);
        return kept > 0 && kept >= workload.at("/spec/replicas").asInt(1)
                ? Optional.of("spec.updateStrategy.rollingUpdate.partition %d: its pods stay until it is lower"
                        .formatted(kept))
                : Optional.empty();
    }

    /** Pods of a StatefulSet, counted from the first, that an update leaves alone. */
    static int kept(Manifest workload) {
        return workload.kind().equals(Kind.STATEFUL_SET)
                ? workload.at("/spec/updateStrategy/rollingUpdate/partition").asInt(0)
                        - workload.at("/spec/ordinals/start").asInt(0)
                : 0;
    }
}
