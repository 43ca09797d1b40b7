package io.meshwright.value.traffic;

import io.meshwright.value.Host;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of routes: of two with the same path and conditions Istio takes the first, and the other one never.
 */
public final class RouteConditions {
    private final Map<Taken, String> taken = new HashMap<>();

    /**
     * Conditions of the routes that one route of a service becomes: one for each way in which its release decides, and
     * of these one for what may be asked twice.
     *
     * @throws io.meshwright.value.InvalidValue under {@code match} where route and release decide by the same thing
     */
    public static List<RouteMatch> of(Route route, @Nullable Release release, Retries retries) {
        if (route.isAnswered()) {
            return List.of(route.match());
        }
        List<RouteMatch.Condition> added = release == null ? List.of() : release.conditions();
        return Stream.concat(added.stream().map(route.match()::and), Stream.of(route.match()))
                .flatMap(match -> retries.parts(match).stream())
                .map(Retries.Part::match)
                .toList();
    }

    /** Whoever takes these requests already; where nobody does, they are the claimant's from now on. */
    public Optional<String> takenBefore(Host host, RoutePath path, RouteMatch match, String claimant) {
        return Optional.ofNullable(taken.putIfAbsent(new Taken(host, path, match), claimant));
    }

    private record Taken(Host host, RoutePath path, RouteMatch match) {}
}
