package io.meshwright.heal;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.healing.HealingAction;
import java.util.Set;

/** The closed list of actions. Each is reversible, and touches only what Git leaves to a controller. */
enum Actions {
    /** The new version of a release under way loses its weight; Argo Rollouts takes the old one again. */
    ABORT_ROLLOUT(HealingAction.ABORT_ROLLOUT, Set.of(Target.ROLLOUTS)) {
        @Override
        Action on(Api api, boolean dryRun) {
            return new RolloutAbort(api, dryRun);
        }
    },

    /** One pod is made anew, by the eviction API, which heeds disruption budgets. */
    EVICT_POD(HealingAction.EVICT_POD, Set.of("apps/v1/deployments", "apps/v1/statefulsets", Target.ROLLOUTS)) {
        @Override
        Action on(Api api, boolean dryRun) {
            return new PodEviction(api, dryRun);
        }
    },

    /** An autoscaler's minimum goes up by one pod, and back when the alert is over. */
    MOVE_MINIMUM(
            HealingAction.MOVE_MINIMUM,
            Set.of("autoscaling/v2/horizontalpodautoscalers", "keda.sh/v1alpha1/scaledobjects")) {
        @Override
        Action on(Api api, boolean dryRun) {
            return new MinimumMove(api, dryRun);
        }
    };

    private final HealingAction action;
    private final Set<String> resources;

    Actions(HealingAction action, Set<String> resources) {
        this.action = action;
        this.resources = resources;
    }

    /**
     * The action of that word.
     *
     * @throws InvalidValue for any other
     */
    static Actions of(String word) {
        for (Actions each : values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        throw new InvalidValue("action", "\"%s\" is none".formatted(word), "use abortRollout, evictPod or moveMinimum");
    }

    String word() {
        return action.word();
    }

    /** True if the end of an alert starts something too: the way back. */
    boolean undoes() {
        return action.undoes();
    }

    /** Refuses a target of a plan on which this action cannot be taken. */
    void refuse(Target target) {
        Require.that(
                resources.contains(Require.present("targets.resource", target.resource())),
                "targets.resource",
                "\"%s\" is nothing for %s".formatted(target.resource(), word()),
                "use one of %s".formatted(resources.stream().sorted().toList()));
        Name.of(Require.present("targets.namespace", target.namespace()));
        Name.of(Require.present("targets.name", target.name()));
        Name.of(Require.present("targets.application", target.application()));
        Require.that(
                !target.alerts().isEmpty() && !target.selector().isEmpty(),
                "targets",
                "%s has no alerts or no selector".formatted(target),
                "give both");
        Require.that(
                target.least() >= 1 && target.most() >= target.least(),
                "targets.least",
                "\"%d\" to \"%d\" are no bounds".formatted(target.least(), target.most()),
                "give least from 1 on, and most from least on");
    }

    /** Returns how it is taken. */
    abstract Action on(Api api, boolean dryRun);
}
