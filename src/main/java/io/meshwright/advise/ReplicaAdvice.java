package io.meshwright.advise;

import io.meshwright.advise.snapshot.ContainerQueries;
import io.meshwright.environment.Scale;
import io.meshwright.environment.Service;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.Quantity;
import io.meshwright.value.traffic.Autoscale;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.Resources;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/** Pods that have nothing to do, or too much; and an autoscaler that stands at its upper bound. */
final class ReplicaAdvice {
    // Above it a pod that fails takes the others past what they reserve.
    private static final double BUSY = 0.6;
    private static final int LEAST = 2;
    private static final double MORE = 1.5;

    private final Observed observed;
    private final Name name;
    private final Advice advice;

    private ReplicaAdvice(Observed observed, Name name, Advice advice) {
        this.observed = observed;
        this.name = name;
        this.advice = advice;
    }

    /** True if another number of pods was proposed. */
    static boolean of(Observed observed, Name service, Advice advice) {
        return new ReplicaAdvice(observed, service, advice).advise();
    }

    private boolean advise() {
        Service service = observed.service(name);
        String subject = "replicas of %s".formatted(name);
        Container container = service.container();
        if (service.workload() != null || container == null || container.storage() != null) {
            return false; // what has a volume or a task of its own is no copy of the others
        }
        if (service.release() != null) {
            advice.untold(subject, "its versions have pods of their own, and their containers one name");
            return false;
        }
        KeyPath at = KeyPath.of("services").key(name.toString()).key("scale");
        Scale scale = service.scale();
        return scale.autoscale() == null
                ? fixed(at.key("replicas"), scale.replicas(), container.resources())
                : scaled(at.then("autoscale.maxReplicas"), scale.autoscale());
    }

    private boolean fixed(KeyPath key, int replicas, Resources resources) {
        Containers containers = Containers.of(observed, name);
        OptionalDouble used = containers.most(ContainerQueries.CPU_OF_ALL);
        Quantity request = Objects.requireNonNull(resources.requests().cpu()); // Resources asks for it
        double each = request.amount().doubleValue();
        if (used.isEmpty() || each == 0) {
            return false;
        }
        int needed = (int) Math.ceil(used.getAsDouble() / (each * BUSY));
        // One more than needed, for the one that is being replaced.
        int enough = Math.max(LEAST, needed + 1);
        if (needed <= replicas && enough >= replicas) {
            return false;
        }
        advice.propose(
                Proposal.of(
                        key,
                        Integer.toString(replicas),
                        Integer.toString(enough),
                        List.of(
                                "all pods together used %s or less for 99 %% of %d days"
                                        .formatted(Containers.spokenCores(used.getAsDouble()), observed.days()),
                                "at %s of its request of %s each, that is %d, and one more while a pod is replaced"
                                        .formatted(Numbers.percent(BUSY), request, needed)),
                        enough < replicas
                                ? "its pods wait for something else than CPU, such as connections: p95 rises after the change"
                                : "its CPU is spent by something that each pod does for itself, such as a cache or a schedule"));
        return true;
    }

    private boolean scaled(KeyPath key, Autoscale autoscale) {
        double pods = Containers.of(observed, name).most(ContainerQueries.PODS).orElse(0);
        if (pods < autoscale.maxReplicas()) {
            return false;
        }
        advice.propose(
                Proposal.of(
                        key,
                        autoscale.maxReplicas().toString(),
                        Integer.toString((int) Math.ceil(autoscale.maxReplicas() * MORE)),
                        List.of("it stood at its upper bound of %d pods for a twentieth of %d days or more"
                                .formatted(autoscale.maxReplicas(), observed.days())),
                        "what it waits for is behind it, such as a database with a limit of connections: more pods make that worse"));
        return true;
    }
}
