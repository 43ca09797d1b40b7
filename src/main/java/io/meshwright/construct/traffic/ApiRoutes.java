package io.meshwright.construct.traffic;

import imports.io.k8s.networking.gateway.HttpRoute;
import imports.io.k8s.networking.gateway.HttpRouteSpec;
import imports.io.k8s.networking.gateway.HttpRouteSpecParentRefs;
import imports.io.k8s.networking.gateway.HttpRouteSpecRules;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.gatewayapi.RouteOrder;
import io.meshwright.value.gatewayapi.RouteOrder.Ranked;
import io.meshwright.value.gatewayapi.RouteWords;
import io.meshwright.value.traffic.RoutePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectMetadata;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/**
 * A host's routes as HTTPRoutes: one in the namespace of each service that has some, so that none needs a grant, and a
 * further one where the API server takes no more rules.
 */
final class ApiRoutes {
    // gateway-api, HTTPRoute, spec.rules: maxItems, and matches of all of them.
    private static final int MOST_RULES = 16;
    private static final int MOST_MATCHES = 64;

    private final HostRoutes.Props props;

    /**
     * Refuses what HTTPRoutes cannot say.
     *
     * @throws InvalidValue at the first such thing
     */
    ApiRoutes(HostRoutes.Props props) {
        this.props = props;
        Require.that(
                props.table().cors().isEmpty(),
                "cors",
                "answers preflights of other origins itself, which an HTTPRoute passes on to the service",
                "let the service answer browsers, or use Istio's kinds");
        props.table().rules().forEach(this::said);
        List<Ranked> ranked = props.table().rules().stream()
                .map(rule -> new Ranked(
                        rule.path(), rule.match(), rule.owner().namespace().toString()))
                .toList();
        RouteOrder.swapped(ranked).ifPresent(swap -> {
            throw RouteOrder.refusal(
                    "routes",
                    ranked.get(swap.first()).path(),
                    props.table().rules().get(swap.second()).name());
        });
    }

    private void said(RouteRule rule) {
        Stream.concat(
                        RouteWords.refusals(rule.route()).stream(),
                        props.listeners().stream()
                                .flatMap(
                                        listener -> InvalidValue.thrownBy(
                                                () -> RouteWords.refuseKeptPort(rule.route(), listener.port()))
                                                .stream()))
                .findFirst()
                .ifPresent(refusal -> {
                    throw refusal.under("routes");
                });
        Require.that(
                rule.route().isAnswered() || rule.retries().isNone(),
                "retries",
                "cannot be said by an HTTPRoute of the standard channel",
                "use Retries.none(), or Istio's kinds");
        Require.that(
                rule.shares().stream().allMatch(share -> share.subset().isEmpty())
                        && rule.copies().stream()
                                .allMatch(copies -> copies.subset().isEmpty()),
                "release",
                "tells versions apart by labels, which no HTTPRoute can",
                "release without, or use Istio's kinds");
        Require.that(
                rule.copies().stream()
                        .allMatch(copies ->
                                copies.backend().namespace().equals(rule.owner().namespace())),
                "mirror",
                "is in another namespace than the route, which Istio's kinds alone reach without a grant",
                "copy to a service beside it, or use Istio's kinds");
    }

    /** Adds them, and returns the first. */
    ApiObject add(Construct scope) {
        List<ApiObject> made = new ArrayList<>();
        byNamespace().forEach((namespace, rules) -> {
            List<List<RouteRule>> parts = parts(rules);
            for (int i = 0; i < parts.size(); i++) {
                made.add(route(scope, made.size(), namespace, i, parts.get(i)));
            }
        });
        return made.get(0);
    }

    private Map<Name, List<RouteRule>> byNamespace() {
        Map<Name, List<RouteRule>> byNamespace = new LinkedHashMap<>();
        props.table()
                .rules()
                .forEach(rule -> byNamespace
                        .computeIfAbsent(rule.owner().namespace(), none -> new ArrayList<>())
                        .add(rule));
        return byNamespace;
    }

    /** Rules of one path stay together: between equal ones of two objects their age would decide. */
    private static List<List<RouteRule>> parts(List<RouteRule> rules) {
        Map<RoutePath, List<RouteRule>> paths = new LinkedHashMap<>();
        rules.forEach(rule ->
                paths.computeIfAbsent(rule.path(), none -> new ArrayList<>()).add(rule));
        List<List<RouteRule>> parts = new ArrayList<>();
        List<RouteRule> last = new ArrayList<>();
        for (Map.Entry<RoutePath, List<RouteRule>> path : paths.entrySet()) {
            Require.that(
                    fits(path.getValue()),
                    "routes",
                    "are %d rules for path \"%s\", and an HTTPRoute has at most %d"
                            .formatted(path.getValue().size(), path.getKey(), MOST_RULES),
                    "give some of them a path of their own, or use Istio's kinds");
            List<RouteRule> both = new ArrayList<>(last);
            both.addAll(path.getValue());
            if (fits(both)) {
                last = both;
            } else {
                parts.add(last);
                last = new ArrayList<>(path.getValue());
            }
        }
        parts.add(last);
        return parts;
    }

    private static boolean fits(List<RouteRule> rules) {
        List<HttpRouteSpecRules> written =
                rules.stream().flatMap(rule -> ApiRules.of(rule).stream()).toList();
        return written.size() <= MOST_RULES
                && written.stream()
                                .mapToInt(rule -> Objects.requireNonNull(rule.getMatches())
                                        .size())
                                .sum()
                        <= MOST_MATCHES;
    }

    private ApiObject route(Construct scope, int number, Name namespace, int part, List<RouteRule> rules) {
        return HttpRoute.Builder.create(scope, number == 0 ? "Resource" : "Resource-%d".formatted(number + 1))
                .metadata(ApiObjectMetadata.builder()
                        .name(part == 0 ? props.name().toString() : "%s-%d".formatted(props.name(), part + 1))
                        .namespace(namespace.toString())
                        .annotations(HostRoutes.streams(props, rules))
                        .build())
                .spec(HttpRouteSpec.builder()
                        .parentRefs(props.listeners().stream()
                                .map(listener -> HttpRouteSpecParentRefs.builder()
                                        .name(listener.gateway().toString())
                                        .namespace(listener.namespace().toString())
                                        .sectionName(listener.section())
                                        .build())
                                .toList())
                        .hostnames(hostnames())
                        .rules(rules.stream()
                                .flatMap(rule -> ApiRules.of(rule).stream())
                                .toList())
                        .build())
                .build();
    }

    /** Every host of the listener is said by none. */
    private @Nullable List<String> hostnames() {
        String host = props.table().host().toString();
        return host.equals("*") ? null : List.of(host);
    }
}
