package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.GatewayConnection;
import io.meshwright.check.evidence.SamplePath;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A preflight brings no headers and no method of its own, so it may find another route than the request after it: both
 * need the CORS policy, or the browser keeps the answer from the page.
 */
@AutoService(Inspection.class)
public final class CorsOnEveryRoute implements Check {
    public static final Rule CORS_ON_SOME_ROUTES = Rule.warning("MESH144", "cors_on_some_routes")
            .title("A route lacks the CORS policy of the one that answers its preflights")
            .consequence("The browser sends the request and keeps the answer from the page.")
            .remedy("Repeat the corsPolicy in every route of the path, also in those for a header or a method.");

    private static final List<String> NARROWING = List.of("headers", "method", "withoutHeaders");
    private static final List<String> INSIDE = List.of("sourceLabels", "sourceNamespace", "gateways", "port");

    @Override
    public List<Rule> rules() {
        return List.of(CORS_ON_SOME_ROUTES);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .filter(service -> !service.isDelegate())
                .flatMap(service -> {
                    List<HttpRoute> routes = mesh.virtualServices().routes(service);
                    return routes.stream().anyMatch(CorsReachable::hasCors)
                            ? routes.stream()
                                    .filter(route -> !CorsReachable.hasCors(route)
                                            && !route.isRedirect()
                                            && !route.isDirectResponse())
                                    .flatMap(route -> finding(mesh, service, routes, route).stream())
                            : Stream.empty();
                });
    }

    private static Optional<Finding> finding(
            Mesh mesh, VirtualService service, List<HttpRoute> routes, HttpRoute route) {
        String host = service.hosts().stream()
                .filter(name -> !name.startsWith("*"))
                .findFirst()
                .orElse("www.example.com");
        return route.matches().stream()
                .filter(CorsOnEveryRoute::isForBrowsers)
                .flatMap(match -> {
                    HttpRequest preflight = GatewayConnection.preflight(
                            HttpRequest.of("GET", "https", host, SamplePath.path(match.body())), "GET");
                    return match.fits(preflight, mesh.version())
                            ? Stream.empty()
                            : routes.stream()
                                    .filter(other -> other.matches().isEmpty()
                                            || other.matches().stream()
                                                    .anyMatch(taking -> taking.fits(preflight, mesh.version())))
                                    .limit(1)
                                    .filter(CorsReachable::hasCors)
                                    .map(other -> CORS_ON_SOME_ROUTES.at(
                                            route.source(),
                                            ("a preflight for %s%s is answered by the route in line %d, but "
                                                            + "answers of this one carry no permission")
                                                    .formatted(
                                                            host,
                                                            preflight.path(),
                                                            other.source()
                                                                    .place()
                                                                    .line())));
                })
                .findFirst();
    }

    /** Narrowed by what a preflight does not bring, and not to callers inside the mesh or to preflights. */
    private static boolean isForBrowsers(HttpMatch match) {
        return NARROWING.stream().anyMatch(field -> !match.body().path(field).isEmpty())
                && INSIDE.stream().noneMatch(match.body()::has)
                && !match.body().at("/method/exact").asText("").equals("OPTIONS");
    }
}
