package io.meshwright.environment.agreement.gatewayapi;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.gatewayapi.RouteOrder;
import io.meshwright.value.gatewayapi.RouteOrder.Ranked;
import io.meshwright.value.traffic.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Routes of a host are tried in the same order by the Gateway API, which sorts them by what they ask for. */
public final class RouteOrderKept implements Agreement {
    /** As the routes of a host stand in Istio's kinds, where no release makes several of one. */
    private static final Comparator<DeclaredRoute> ORDER = Comparator.comparing(
                    (DeclaredRoute declared) -> declared.route().path())
            .thenComparing(declared -> -declared.route().match().conditions())
            .thenComparing(declared -> conditions(declared.route()))
            .thenComparing(declared -> RouteOrder.methods(declared.route().match()))
            .thenComparing(declared -> declared.route().match().methods().toString());

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return environment.gatewayEntries().stream()
                .filter(GatewayEntry::isOfGatewayApi)
                .flatMap(entry -> byHost(environment, entry).values().stream())
                .flatMap(routes -> swapped(routes).stream())
                .toList();
    }

    private static Map<Host, List<DeclaredRoute>> byHost(Environment environment, GatewayEntry entry) {
        Map<Host, List<DeclaredRoute>> byHost = new TreeMap<>();
        DeclaredRoute.of(environment)
                .filter(declared -> declared.isAt(entry))
                .forEach(declared -> declared.hosts()
                        .forEach(host -> byHost.computeIfAbsent(host, none -> new ArrayList<>())
                                .add(declared)));
        return byHost;
    }

    private static Optional<InvalidValue> swapped(List<DeclaredRoute> routes) {
        List<DeclaredRoute> ordered = routes.stream().sorted(ORDER).toList();
        return RouteOrder.swapped(ordered.stream().map(RouteOrderKept::ranked).toList())
                .map(swap -> RouteOrder.refusal(
                        ordered.get(swap.first()).pathKey().text(),
                        ordered.get(swap.first()).route().path(),
                        "%s of %s"
                                .formatted(
                                        ordered.get(swap.second()).route().path(),
                                        ordered.get(swap.second()).at().text())));
    }

    private static Ranked ranked(DeclaredRoute declared) {
        return new Ranked(
                declared.route().path(),
                declared.route().match(),
                declared.owner().service().namespace().toString());
    }

    private static String conditions(Route route) {
        return route.match().withMethods(List.of()).toString();
    }
}
