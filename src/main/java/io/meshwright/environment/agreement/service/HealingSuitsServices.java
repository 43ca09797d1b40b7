package io.meshwright.environment.agreement.service;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Service;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.aiops.Healing;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.Autoscale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Each service of an action by itself has what the action is taken on. */
public final class HealingSuitsServices implements Agreement {
    private static final String REMOVE = "remove it here";
    private static final KeyPath HEALING = KeyPath.of("aiOps.healing");

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        Healing healing =
                environment.aiOps() == null ? null : environment.aiOps().healing();
        if (healing == null) {
            return List.of();
        }
        Map<Name, Service> services = environment.services();
        List<InvalidValue> refusals = new ArrayList<>();
        if (healing.abortRollout() != null) {
            each(healing.abortRollout(), services, HealingSuitsServices::aborted, refusals);
        }
        if (healing.evictPod() != null) {
            int least = healing.evictPod().least();
            each(healing.evictPod(), services, (at, name, service) -> evicted(at, name, service, least), refusals);
        }
        if (healing.moveMinimum() != null) {
            KeyPath at = HEALING.key("moveMinimum").key("services");
            healing.moveMinimum()
                    .services()
                    .forEach((name, most) -> Optional.ofNullable(services.get(name))
                            .flatMap(service -> moved(at.key(name.toString()), service, most))
                            .ifPresent(refusals::add));
        }
        return refusals;
    }

    /** Tells what speaks against an action on one service. */
    private interface Judge {
        Optional<InvalidValue> refusal(KeyPath at, Name name, Service service);
    }

    /** Of services that exist; others are told by {@link NamesKnown}. */
    private static void each(
            Healing.Asked asked, Map<Name, Service> services, Judge judge, List<InvalidValue> refusals) {
        KeyPath at = HEALING.key(asked.action().word()).key("services");
        for (int i = 0; i < asked.named().size(); i++) {
            Name name = asked.named().get(i);
            if (services.containsKey(name)) {
                judge.refusal(at.index(i), name, services.get(name)).ifPresent(refusals::add);
            }
        }
    }

    private static Optional<InvalidValue> aborted(KeyPath at, Name name, Service service) {
        return service.release() != null && service.release().isManaged()
                ? Optional.empty()
                : refused(
                        at,
                        "\"%s\" is not released by Argo Rollouts, so that there is nothing to abort".formatted(name),
                        "give it release {type: canary, engine: rollouts, …}, or %s".formatted(REMOVE));
    }

    private static Optional<InvalidValue> evicted(KeyPath at, Name name, Service service, int least) {
        if (service.isExisting()) {
            return refused(
                    at,
                    "\"%s\" has pods that somebody else runs, by a workload that is not known".formatted(name),
                    REMOVE);
        }
        if (service.workload() != null && service.workload().ends()) {
            return refused(at, "\"%s\" has pods that end by themselves".formatted(name), REMOVE);
        }
        return service.scale().least() > least
                ? Optional.empty()
                : refused(
                        at,
                        "\"%s\" may have no more than %d pods, and %d others must stay ready"
                                .formatted(name, service.scale().least(), least),
                        "give it more in scale, or %s".formatted(REMOVE));
    }

    private static Optional<InvalidValue> moved(KeyPath at, Service service, int most) {
        Autoscale autoscale = service.scale().autoscale();
        if (autoscale == null) {
            return refused(
                    at, "has no autoscaler whose minimum could move", "give it scale.autoscale, or ".concat(REMOVE));
        }
        if (service.release() != null && service.release().variants().size() > 1) {
            return refused(
                    at,
                    "has an autoscaler for each of its versions, and an alert does not say which",
                    "let Argo Rollouts release it, or ".concat(REMOVE));
        }
        if (service.ports().stream().noneMatch(port -> port.protocol().isHttp())) {
            return refused(at, "gets no requests of HTTP, of which the alerts tell", REMOVE);
        }
        if (most <= autoscale.minReplicas() || most > autoscale.maxReplicas()) {
            return refused(
                    at,
                    "\"%d\" is not above minReplicas %d and up to maxReplicas %d"
                            .formatted(most, autoscale.minReplicas(), autoscale.maxReplicas()),
                    "give a number from %d to %d".formatted(autoscale.minReplicas() + 1, autoscale.maxReplicas()));
        }
        return Optional.empty();
    }

    private static Optional<InvalidValue> refused(KeyPath at, String problem, String remedy) {
        return Optional.of(new InvalidValue(at, problem, remedy));
    }
}
