package io.meshwright.construct.traffic;

import io.meshwright.value.traffic.RouteMatch;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One of the routes that a release makes of one: who takes it, and which versions get it. */
record Variation(
        RouteRule.Rank rank,
        String name,
        UnaryOperator<RouteMatch> narrowing,
        List<Share> shares,
        Optional<Copies> copies,
        boolean managed) {
    /** The version that everybody else gets. */
    static Variation rest(List<Share> shares) {
        return new Variation(RouteRule.Rank.REST, "", UnaryOperator.identity(), shares, Optional.empty(), false);
    }

    static Variation narrow(RouteRule.Rank rank, String name, UnaryOperator<RouteMatch> narrowing, Share share) {
        return new Variation(rank, name, narrowing, List.of(share), Optional.empty(), false);
    }
}
