package io.meshwright.heal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Takes the one action of a plan when an alert asks for it and nothing speaks against it. */
final class Healer {
    private static final String NAMESPACE = "namespace";

    private final HealingPlan plan;
    private final Actions kind;
    private final Action action;
    private final Circumstances circumstances;
    private final Turn turn;
    private final Announcer announcer;

    /**
     * @param holder name of this process, by which the turn is known
     * @param api of the cluster
     */
    Healer(HealingPlan plan, String holder, Api api, Api prometheus, Api alertmanager, Clock clock) {
        this.plan = plan;
        this.kind = Actions.of(plan.action());
        this.action = kind.on(api, plan.dryRun());
        this.circumstances = new Circumstances(plan, api, prometheus);
        this.turn = new Turn(plan, holder, api, clock);
        this.announcer = new Announcer(plan, api, alertmanager, clock);
    }

    /** Goes through the alerts of a webhook, until one of them has led to something: the others come again. */
    synchronized List<Outcome> heal(List<FiredAlert> alerts) {
        List<Outcome> outcomes = new ArrayList<>();
        for (FiredAlert alert : alerts) {
            Outcome outcome = heal(alert);
            outcomes.add(outcome);
            if (outcome.kind() != Outcome.Kind.HELD) {
                break;
            }
        }
        return outcomes;
    }

    private Outcome heal(FiredAlert alert) {
        try {
            if (alert.resolved() && !kind.undoes()) {
                throw new Held("it is over");
            }
            Target target = target(alert);
            circumstances.admit(target, alert);
            Action.Step step = action.look(target, alert);
            turn.take();
            return taken(target, alert, step);
        } catch (Held held) {
            return new Outcome(Outcome.Kind.HELD, alert.name(), String.valueOf(held.getMessage()));
        }
    }

    private Outcome taken(Target target, FiredAlert alert, Action.Step step) {
        String words = "%s%s, because of %s".formatted(plan.dryRun() ? "a trial: " : "", step.words(), alert.name());
        Outcome outcome;
        try {
            announcer.event(target, plan.dryRun() ? "HealingTried" : "Healing", words);
            step.take();
            outcome = new Outcome(plan.dryRun() ? Outcome.Kind.TRIED : Outcome.Kind.ACTED, alert.name(), words);
        } catch (Held failed) {
            outcome = new Outcome(Outcome.Kind.FAILED, alert.name(), "%s: %s".formatted(words, failed.getMessage()));
        }
        boolean told = announcer.alert(target, outcome.text());
        release();
        return told
                ? outcome
                : new Outcome(
                        outcome.kind(), alert.name(), outcome.text().concat("; Alertmanager did not take the news"));
    }

    /** Whoever could not give the turn back loses it when the Lease runs out. */
    private void release() {
        try {
            turn.release();
        } catch (Held later) {
            return;
        }
    }

    /** The target that the labels name; whatever else they say is of no account. */
    private Target target(FiredAlert alert) throws Held {
        Optional<Target> found = plan.targets().stream()
                .filter(target -> target.alerts().contains(alert.name()))
                .filter(target -> kind == Actions.EVICT_POD ? makes(target, alert) : serves(target, alert))
                .max(Comparator.comparingInt((Target target) -> target.name().length()));
        return found.orElseThrow(() -> new Held("it is about nothing of the plan"));
    }

    private static boolean serves(Target target, FiredAlert alert) {
        return target.namespace().equals(alert.label("destination_service_namespace"))
                && target.service().equals(alert.label("destination_service_name"));
    }

    /** By the name that ReplicaSets and StatefulSets give; which pods it really has, the API server says. */
    private static boolean makes(Target target, FiredAlert alert) {
        return target.namespace().equals(alert.label(NAMESPACE))
                && alert.label("pod").startsWith(target.name().concat("-"));
    }
}
