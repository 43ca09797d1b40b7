package io.meshwright.value.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Require;
import org.jspecify.annotations.Nullable;

/** Settings by which calls of a service stay quick and fail well; each part has its own switch. */
@Doc("How calls of the service stay quick and fail well.")
public record Resilience(
        @Defaulted
        @Doc("Time for the whole answer with all tries, unless a route says another; 0s is no limit; default 15s.")
        Duration timeout,

        @Defaulted @Doc("Default: 2 more tries for methods that only read.")
        Retries retries,

        @Nullable @Doc("Default: no limits.") ConnectionPool connectionPool,

        @Defaulted @Doc("Default: on, at 5 errors of 502, 503 or 504 in a row.")
        CircuitBreaker circuitBreaker,

        @Defaulted @Doc("Default: LEAST_REQUEST.") LoadBalancer loadBalancer,
        @Nullable @Doc("Default: zones make no difference.") Locality locality,
        @Nullable @Doc("Default: no limit.") RateLimit rateLimit) {
    private static final Resilience DEFAULTS = new Resilience(null, null, null, null, null, null, null);

    public Resilience {
        timeout = timeout == null ? Duration.ofSeconds(15) : timeout;
        retries = retries == null ? Retries.defaults() : retries;
        circuitBreaker = circuitBreaker == null ? CircuitBreaker.defaults() : circuitBreaker;
        loadBalancer = loadBalancer == null ? LoadBalancer.defaults() : loadBalancer;
        retries.within(timeout);
        Require.that(
                locality == null || !locality.needsHealth() || circuitBreaker.enabled(),
                "locality",
                "does nothing without a circuit breaker, because failing pods are never noticed",
                "switch circuitBreaker on, use distribute, or set locality.enabled: false");
    }

    /** Time for the whole answer on a route; zero is no limit. */
    public Duration timeoutOf(Route route) {
        if (route.streams()) {
            return new Duration(0);
        }
        return route.timeout() == null ? timeout : route.timeout();
    }

    public Retries retriesOf(Route route) {
        if (route.streams()) {
            return Retries.none();
        }
        return route.retries() == null ? retries : route.retries();
    }

    /** Refuses, under {@code circuitBreaker}, one that takes out none of that many pods of a version. */
    public void refuseIdleBreaker(int replicas) {
        if (circuitBreaker.acts(replicas)) {
            InvalidValue.thrownBy(() -> circuitBreaker.maxEjectionPercent(replicas))
                    .ifPresent(refusal -> {
                        throw refusal.under("circuitBreaker");
                    });
        }
    }

    /** Refuses, under {@code loadBalancer}, a hash that cannot hold a client at a version; null is no release. */
    public void refuseHashBeside(@Nullable Release release) {
        Require.that(
                !(release instanceof Canary) || loadBalancer.consistentHash() == null,
                "loadBalancer.consistentHash",
                "cannot keep a client at a version that is drawn by weight for each request",
                "use release.sticky.cookie or type: abTest, or remove it");
    }

    /**
     * Refuses, at {@code stream} of the route, one inside the limits of other requests: Argo Rollouts drops every
     * subset but its two, so a pool of the stream's own cannot stay (argo-rollouts, UpdateHash). Null is no release.
     */
    public void refuseSharedPool(Route route, @Nullable Release release) {
        boolean managed = release != null && release.isManaged();
        Require.that(
                !route.streams() || !managed || connectionPool == null,
                "stream",
                "would share the limits of connectionPool, because Argo Rollouts keeps no subset for streams",
                "remove resilience.connectionPool, or use engine: plain");
    }

    /** Refuses, under {@code retries} of the route, tries that its timeout cuts off. */
    public void refuseLateTries(Route route) {
        if (!route.isAnswered() && !route.streams()) {
            retriesOf(route).within(timeoutOf(route));
        }
    }

    /** The same with every pod kept, whatever it answers. */
    public Resilience withoutCircuitBreaker() {
        return new Resilience(
                timeout, retries, connectionPool, CircuitBreaker.off(), loadBalancer, locality, rateLimit);
    }

    public static Resilience defaults() {
        return DEFAULTS;
    }
}
