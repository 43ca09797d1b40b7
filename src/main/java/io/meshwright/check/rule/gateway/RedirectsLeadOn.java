package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.check.evidence.SamplePath;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Listener;
import io.meshwright.mesh.route.Redirect;
import io.meshwright.mesh.route.RouteEntry;
import io.meshwright.mesh.route.RouteTable;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Redirects of a gateway lead to something else than the same redirect. */
@AutoService(Inspection.class)
public final class RedirectsLeadOn implements Check {
    public static final Rule REDIRECT_TO_ITSELF = Rule.error("MESH357", "redirect_to_itself")
            .title("A redirect leads back to itself")
            .consequence("Browsers end with too many redirects.")
            .remedy("Put a route for the address to which it leads before it, or narrow its match.");

    /** Fields of a match by which a client that comes back may differ from before. */
    private static final List<String> CHANGING = List.of("headers", "withoutHeaders", "queryParams", "method");

    private record Door(Pod gateway, Listener listener) {}

    @Override
    public List<Rule> rules() {
        return List.of(REDIRECT_TO_ITSELF);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<Door, List<GatewayRoute>> doors = GatewayRoute.of(mesh).stream()
                .collect(Collectors.groupingBy(
                        route -> new Door(route.gateway(), route.listener()), LinkedHashMap::new, Collectors.toList()));
        Map<Source, Finding> findings = new LinkedHashMap<>();
        doors.forEach((door, routes) -> {
            RouteTable table = new RouteTable(
                    routes.stream().map(GatewayRoute::host).distinct().toList());
            routes.stream()
                    .filter(route -> route.route().isRedirect() && isSteady(route.entry()))
                    .forEach(route -> circle(mesh, table, door.listener(), route)
                            .ifPresent(way -> findings.putIfAbsent(
                                    route.route().field("redirect"),
                                    REDIRECT_TO_ITSELF.at(
                                            route.route().field("redirect"),
                                            "%s comes back to where it was".formatted(way)))));
        });
        return findings.values().stream();
    }

    private static boolean isSteady(RouteEntry entry) {
        return entry.match().stream().allMatch(match -> CHANGING.stream().noneMatch(match.body()::has));
    }

    /** The addresses on a way that ends where it began, for a request that takes the route. */
    private static Optional<String> circle(Mesh mesh, RouteTable table, Listener listener, GatewayRoute route) {
        HttpRequest request = asked(listener, route);
        Set<String> way = new LinkedHashSet<>();
        while (way.add(address(request))) {
            HttpRequest current = request;
            Optional<RouteEntry> taken = table.find(current.host())
                    .filter(host -> !host.redirectsToHttps())
                    .flatMap(host -> host.route(current, mesh.version(route.gateway())))
                    .filter(entry -> entry.route().isRedirect() && isSteady(entry));
            boolean astray = way.size() == 1
                    && taken.filter(entry -> entry.equals(route.entry())).isEmpty();
            if (taken.isEmpty() || astray) {
                return Optional.empty();
            }
            Redirect next = Redirect.of(taken.get(), current, listener.port(), mesh.version(route.gateway()));
            if (!next.scheme().equals(current.scheme()) || next.authority().contains(":")) {
                return Optional.empty();
            }
            request = HttpRequest.of("GET", next.scheme(), next.authority(), next.path());
        }
        return address(request).equals(way.iterator().next())
                ? Optional.of(String.join(" → ", way).concat(" → ").concat(address(request)))
                : Optional.empty();
    }

    private static HttpRequest asked(Listener listener, GatewayRoute route) {
        HttpRequest sample = route.request("GET");
        String path = route.entry()
                .match()
                .filter(match -> match.body().at("/uri/prefix").isTextual())
                .map(match -> below(SamplePath.path(match.body())))
                .orElse(sample.path());
        return HttpRequest.of("GET", listener.isTls() ? "https" : "http", sample.authority(), path);
    }

    /** A path below a prefix, since the prefix itself is often what a redirect is for. */
    private static String below(String prefix) {
        return prefix.endsWith("/") ? prefix.concat("a") : prefix.concat("/a");
    }

    private static String address(HttpRequest request) {
        return "%s://%s%s".formatted(request.scheme(), request.authority(), request.path());
    }
}
