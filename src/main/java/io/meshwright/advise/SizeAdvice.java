package io.meshwright.advise;

import io.meshwright.advise.snapshot.ContainerQueries;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.Quantity;
import io.meshwright.value.traffic.Hpa;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The reservation of a container, beside what the busiest one used: a reservation that nobody uses keeps others from
 * the node, and one that is too small lets the node be overbooked. Limits of memory only grow: many a program takes
 * what its limit gives, and less of it would be a restart.
 */
final class SizeAdvice {
    private static final double ROOM = 1.2;
    private static final double FAR = 2;
    private static final double NEAR_LIMIT = 0.9;
    private static final double ROOM_OF_LIMIT = 1.5;
    private static final double LEAST_CORES = 0.05;
    private static final double LEAST_BYTES = 64 << 20;

    private final Observed observed;
    private final Containers containers;
    private final KeyPath at;
    private final Resources present;
    private final String subject;
    private final Advice advice;

    private SizeAdvice(
            Observed observed, Containers containers, KeyPath at, Resources present, String subject, Advice advice) {
        this.observed = observed;
        this.containers = containers;
        this.at = at;
        this.present = present;
        this.subject = subject;
        this.advice = advice;
    }

    /** @param keepsCpu whether its number of pods was just proposed to change, which changes what each uses */
    static void of(Observed observed, Name service, boolean keepsCpu, Advice advice) {
        Container container = observed.service(service).container();
        if (container == null) {
            return;
        }
        SizeAdvice sizes = new SizeAdvice(
                observed,
                Containers.of(observed, service),
                KeyPath.of("services").key(service.toString()).then("container.resources"),
                container.resources(),
                service.toString(),
                advice);
        boolean shares = observed.service(service).scale().autoscale() instanceof Hpa;
        if (shares) {
            advice.untold(
                    "CPU of %s".formatted(service),
                    "its autoscaler counts in shares of the request, so another request would be another number of pods");
        } else if (!keepsCpu) {
            sizes.cpu(true);
        }
        sizes.memory(true);
    }

    /** Of the busiest sidecar: all have one size, so only what even that one does not need is taken away. */
    static void ofSidecars(Observed observed, Advice advice) {
        Containers sidecars = Containers.sidecars(observed);
        if (sidecars.tooLittle().isPresent()) {
            advice.untold("sidecars", sidecars.tooLittle().get());
            return;
        }
        SizeAdvice sizes = new SizeAdvice(
                observed,
                sidecars,
                SidecarSize.KEY,
                observed.environment().istio().proxy(),
                "the sidecars",
                advice);
        sizes.cpu(false);
        sizes.memory(false);
    }

    private void cpu(boolean mayGrow) {
        double used = containers.most(ContainerQueries.CPU).orElse(0);
        Quantity request = Objects.requireNonNull(present.requests().cpu()); // Resources asks for it
        double reserved = amount(request);
        double wanted = used * ROOM;
        Quantity limit = present.limits().cpu();
        if (limit != null && used >= amount(limit) * NEAR_LIMIT) {
            advice.untold(
                    "CPU of %s".formatted(subject),
                    "it is throttled at its limit of %s, so nobody knows what it would use".formatted(limit));
            return;
        }
        boolean less = reserved > wanted * FAR && reserved - wanted >= LEAST_CORES;
        if (less || mayGrow && used > reserved) {
            propose(
                    "requests.cpu",
                    request.toString(),
                    Containers.cores(wanted),
                    List.of("the busiest container used %s or less for 95 %% of %d days"
                            .formatted(Containers.spokenCores(used), observed.days())),
                    less
                            ? "a start or a burst of less than a twentieth of the time needs more, and the node has none left"
                            : "the busiest pod had work that the others never have");
        }
    }

    private void memory(boolean mayGrow) {
        double used = containers.most(ContainerQueries.MEMORY).orElse(0);
        double limit = amount(present.limits().memory());
        double request = amount(present.requests().memory());
        List<String> evidence = new ArrayList<>(List.of(
                "no container held more than %s in %d days".formatted(Containers.spokenBytes(used), observed.days())));
        if (used >= limit * NEAR_LIMIT) {
            double restarts = containers.most(ContainerQueries.RESTARTS).orElse(0);
            if (restarts >= 1) {
                evidence.add("%s restarts: it may need more than its limit let anybody see"
                        .formatted(Numbers.count(restarts)));
            }
            propose(
                    "limits.memory",
                    present.limits().memory().toString(),
                    Containers.mebibytes(used * ROOM_OF_LIMIT),
                    evidence,
                    "it holds whatever its limit gives, such as a cache or a heap in percent");
        }
        double wanted = used * ROOM;
        boolean less = request > wanted * FAR && request - wanted >= LEAST_BYTES;
        if (less || mayGrow && used > request) {
            propose(
                    "requests.memory",
                    present.requests().memory().toString(),
                    Containers.mebibytes(less ? wanted : Math.min(wanted, Math.max(used, limit))),
                    evidence,
                    less
                            ? "something that happens less often than every %d days needs more, such as a report"
                                    .formatted(observed.days())
                            : "what it held was a cache of files, which the kernel takes back");
        }
    }

    private void propose(String key, String from, String to, List<String> evidence, String wrongIf) {
        if (!Quantity.of(from).equals(Quantity.of(to))) {
            advice.propose(Proposal.of(at.then(key), from, to, evidence, wrongIf));
        }
    }

    private static double amount(Quantity quantity) {
        return quantity.amount().doubleValue();
    }
}
