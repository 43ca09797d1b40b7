package io.meshwright.construct.traffic;

import io.meshwright.value.Duration;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.edge.Maintenance;
import io.meshwright.value.edge.SecurityHeaders;
import io.meshwright.value.traffic.Retries;
import io.meshwright.value.traffic.Route;
import io.meshwright.value.traffic.RouteMatch;
import io.meshwright.value.traffic.RoutePath;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * One route of a host in its final form.
 *
 * @param name unique in the host
 * @param route what the service asked for: rewrite, redirect, headers and fault are taken from it
 * @param shares where requests go; empty where the proxy answers itself
 * @param timeout for the whole answer; zero is no limit
 * @param managed whether Argo Rollouts writes the weights
 */
public record RouteRule(
        String name,
        Backend owner,
        Rank rank,
        Route route,
        RouteMatch match,
        List<Share> shares,
        List<Copies> copies,
        Duration timeout,
        Retries retries,
        boolean managed)
        implements Comparable<RouteRule> {
    /** Why a route stands before another of the same path and number of conditions. */
    public enum Rank {
        REFUSAL,
        MAINTENANCE,
        PREFLIGHT,
        OVERRIDE,
        STICKY,
        GROUP,
        REST
    }

    // Istio takes the first route that matches: path, then conditions, then methods decide which says more.
    private static final Comparator<RouteRule> ORDER = Comparator.comparing(RouteRule::path)
            .thenComparing(rule -> -rule.match.conditions())
            .thenComparing(RouteRule::rank)
            .thenComparing(RouteRule::conditions)
            .thenComparing(rule -> rule.match.methods().isEmpty()
                    ? HttpMethod.values().length
                    : rule.match.methods().size())
            .thenComparing(rule -> rule.match.methods().toString());

    public RouteRule {
        shares = List.copyOf(shares);
        copies = List.copyOf(copies);
    }

    public RoutePath path() {
        return route.path();
    }

    /**
     * True if the CORS policy of this route answers a browser's preflight, which has no header or token of the request.
     */
    boolean takesPreflight() {
        boolean options = match.methods().isEmpty() || match.methods().contains(HttpMethod.OPTIONS);
        return options && match.conditions() == 0 && !route.isAnswered() && route.fault() == null;
    }

    /** The conditions beside path and methods. */
    String conditions() {
        return match.withMethods(List.of()).toString();
    }

    RouteRule named(String other) {
        return new RouteRule(other, owner, rank, route, match, shares, copies, timeout, retries, managed);
    }

    /** The rule before this one that answers its requests while somebody works on what is behind. */
    RouteRule closed(String name, Maintenance closing) {
        RouteMatch closed = match;
        for (Map.Entry<String, String> through : closing.exceptHeaders().entrySet()) {
            closed = closed.except(through.getKey(), through.getValue());
        }
        return new RouteRule(
                name,
                owner,
                Rank.MAINTENANCE,
                route.closed(closing),
                closed,
                List.of(),
                List.of(),
                new Duration(0),
                Retries.none(),
                false);
    }

    RouteRule guarded(SecurityHeaders wider) {
        return new RouteRule(name, owner, rank, route.guarded(wider), match, shares, copies, timeout, retries, managed);
    }

    @Override
    public int compareTo(RouteRule other) {
        return ORDER.compare(this, other);
    }
}
