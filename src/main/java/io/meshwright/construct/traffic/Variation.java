package io.meshwright.construct.traffic;

import io.meshwright.value.traffic.RouteMatch;
import java.util.List;
import java.util.Optional;

/**
 * One of the routes that a release makes of one: who takes it, and which versions get it.
 *
 * @param condition that a request must meet besides the route's own; empty for everybody else
 */
record Variation(
        RouteRule.Rank rank,
        String name,
        Optional<RouteMatch.Condition> condition,
        List<Share> shares,
        Optional<Copies> copies,
        boolean managed) {
    /** The version that everybody else gets. */
    static Variation rest(List<Share> shares) {
        return new Variation(RouteRule.Rank.REST, "", Optional.empty(), shares, Optional.empty(), false);
    }

    static Variation narrow(RouteRule.Rank rank, String name, RouteMatch.Condition condition, Share share) {
        return new Variation(rank, name, Optional.of(condition), List.of(share), Optional.empty(), false);
    }
}
