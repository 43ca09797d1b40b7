package io.meshwright.value.traffic;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether what is said about the calls of one service fits together; each part is right by itself. */
public final class Agreement {
    private final int replicas;
    private final Resilience resilience;
    private final Optional<Release> release;

    /** {@code replicas} are the pods of one version, at least. */
    public Agreement(int replicas, Resilience resilience, Optional<Release> release) {
        this.replicas = replicas;
        this.resilience = resilience;
        this.release = release;
    }

    /** Everything that does not fit, by the keys of a service in a file. */
    public List<InvalidValue> refusals(List<Route> routes) {
        List<InvalidValue> refusals = new ArrayList<>();
        collect(refusals, "resilience", this::connections);
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            collect(refusals, KeyPath.of("routes").index(i).toString(), () -> route(route));
        }
        return refusals;
    }

    /** Refuses a circuit breaker that takes out nothing, and a hash that cannot hold a client at a version. */
    public void connections() {
        if (resilience.circuitBreaker().acts(replicas)) {
            within("circuitBreaker", () -> resilience.circuitBreaker().maxEjectionPercent(replicas));
        }
        Require.that(
                !(release.orElse(null) instanceof Canary)
                        || resilience.loadBalancer().consistentHash() == null,
                "loadBalancer.consistentHash",
                "cannot keep a client at a version that is drawn by weight for each request",
                "use release.sticky.cookie or type: abTest, or remove it");
    }

    /** Refuses tries that the timeout cuts off, and a stream inside the limits of other requests. */
    public void route(Route route) {
        boolean managed = release.filter(Release::isManaged).isPresent();
        // The controller drops every subset but its two, so a pool of the stream's own cannot stay (argo-rollouts,
        // UpdateHash).
        Require.that(
                !route.streams() || !managed || resilience.connectionPool() == null,
                "stream",
                "would share the limits of connectionPool, because Argo Rollouts keeps no subset for streams",
                "remove resilience.connectionPool, or use engine: plain");
        if (!route.isAnswered() && !route.streams()) {
            resilience.retriesOf(route).within(resilience.timeoutOf(route));
        }
    }

    private static void collect(List<InvalidValue> refusals, String key, Runnable check) {
        try {
            within(key, check);
        } catch (InvalidValue refusal) {
            refusals.add(refusal);
        }
    }

    private static void within(String key, Runnable check) {
        try {
            check.run();
        } catch (InvalidValue refusal) {
            throw refusal.under(key);
        }
    }
}
