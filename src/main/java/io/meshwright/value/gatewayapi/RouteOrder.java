package io.meshwright.value.gatewayapi;

import io.meshwright.value.HttpMethod;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.traffic.RouteMatch;
import io.meshwright.value.traffic.RoutePath;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The order in which routes of a host are tried: as they stand by Istio's kinds, and by what they ask for in the
 * Gateway API (gateway-api, HTTPRouteRule.matches; pilot/pkg/config/kube/gateway, sortHTTPRoutes).
 */
public final class RouteOrder {
    private static final Comparator<Ranked> SORTED = Comparator.comparing((Ranked rule) -> rank(rule.path()))
            .thenComparing(rule -> -rule.path().value().length())
            .thenComparing(rule -> rule.match().methods().isEmpty())
            .thenComparing(rule -> -rule.match().headers().size())
            .thenComparing(rule -> -rule.match().queryParams().size());

    private RouteOrder() {}

    /**
     * The parts of a route that decide its place.
     *
     * @param home namespace of the HTTPRoute that holds it
     */
    public record Ranked(RoutePath path, RouteMatch match, String home) {}

    /** Two routes of which the second, by its place in the list, would take requests of the first. */
    public record Swapped(int first, int second) {}

    /** The first two that change places although some request fits both; {@code rules} are in Istio's order. */
    public static Optional<Swapped> swapped(List<Ranked> rules) {
        for (int second = 1; second < rules.size(); second++) {
            for (int first = 0; first < second; first++) {
                if (changes(rules.get(first), rules.get(second))) {
                    return Optional.of(new Swapped(first, second));
                }
            }
        }
        return Optional.empty();
    }

    /** Number of methods that a route takes. */
    public static int methods(RouteMatch match) {
        return match.methods().isEmpty()
                ? HttpMethod.values().length
                : match.methods().size();
    }

    /** The refusal of the route that would no longer be first; {@code second} names the other one. */
    public static InvalidValue refusal(String key, RoutePath first, String second) {
        return new InvalidValue(
                key,
                "\"%s\" comes before %s by Istio's kinds, and behind it in the Gateway API, which tries exact paths,"
                                .formatted(first, second)
                        + " longer prefixes and expressions in this order, then methods, headers and query parameters",
                "let them differ by their paths, or %s".formatted(ListenerWords.OTHER_KINDS));
    }

    /** Of rules that are equal, those of one object stay as they are, and the age of two objects decides. */
    private static boolean changes(Ranked first, Ranked second) {
        int order = SORTED.compare(first, second);
        return (order > 0 || order == 0 && !first.home().equals(second.home()))
                && meet(first.path(), second.path())
                && meet(first.match(), second.match());
    }

    private static int rank(RoutePath path) {
        return switch (path.kind()) {
            case EXACT -> 0;
            case PREFIX -> 1;
            case REGEX -> 2;
        };
    }

    private static boolean meet(RouteMatch one, RouteMatch other) {
        List<HttpMethod> methods = one.methods();
        boolean shared =
                methods.isEmpty() || other.methods().isEmpty() || !Collections.disjoint(methods, other.methods());
        return shared
                && one.headers().entrySet().stream()
                        .noneMatch(header -> excludes(
                                header.getValue().exact(),
                                Optional.ofNullable(other.headers().get(header.getKey()))
                                        .map(text -> text.exact())
                                        .orElse(null)));
    }

    private static boolean excludes(@Nullable String one, @Nullable String other) {
        return one != null && other != null && !one.equals(other);
    }

    /** True if some path may be taken by both; an expression is known by its beginning. */
    private static boolean meet(RoutePath one, RoutePath other) {
        if (one.kind() == RoutePath.Kind.EXACT) {
            return other.takes(one.value());
        } else if (other.kind() == RoutePath.Kind.EXACT) {
            return one.takes(other.value());
        } else if (one.kind() == RoutePath.Kind.PREFIX && other.kind() == RoutePath.Kind.PREFIX) {
            return one.takes(other.value()) || other.takes(one.value());
        }
        return one.beginning().startsWith(other.beginning())
                || other.beginning().startsWith(one.beginning());
    }
}
