package io.meshwright.check.rule.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.GatewayConnection;
import io.meshwright.check.evidence.SamplePath;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A preflight is an OPTIONS request without a token and without headers of the application: it must find a route with
 * the CORS policy.
 */
@AutoService(Inspection.class)
public final class CorsReachable implements Check {
    public static final Rule CORS_UNREACHABLE = Rule.error("MESH137", "cors_unreachable")
            .title("A preflight cannot reach the CORS policy of a route")
            .consequence("Browsers of other origins get no permission and send nothing.")
            .remedy("Match by path alone where the policy stands, or repeat the policy in every route of the path.");

    public static final Rule CORS_CREDENTIALS_FOR_ALL = Rule.warning("MESH138", "cors_credentials_for_all")
            .title("A CORS policy admits every origin with credentials")
            .consequence("Every site can act in the name of its visitors.")
            .remedy("List the origins in allowOrigins.");

    @Override
    public List<Rule> rules() {
        return List.of(CORS_UNREACHABLE, CORS_CREDENTIALS_FOR_ALL);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .filter(service -> !service.isDelegate())
                .flatMap(service -> {
                    List<HttpRoute> routes = mesh.virtualServices().routes(service);
                    return routes.stream()
                            .filter(CorsReachable::hasCors)
                            .flatMap(route -> findings(mesh, service, routes, route).stream());
                });
    }

    /** True if a policy is written, even where the proxy leaves it out. */
    public static boolean hasCors(HttpRoute route) {
        return route.body().path("corsPolicy").isObject();
    }

    private static List<Finding> findings(Mesh mesh, VirtualService service, List<HttpRoute> routes, HttpRoute route) {
        List<Finding> findings = new ArrayList<>();
        Source policy = route.source().at("/corsPolicy");
        if (route.isRedirect() || route.isDirectResponse()) {
            findings.add(CORS_UNREACHABLE.at(
                    policy,
                    "the route answers by itself, and Envoy then leaves the CORS policy out: browsers refuse"
                            + " the answer"));
        } else {
            route.matches().stream()
                    .flatMap(match -> missed(mesh, service, routes, match).stream())
                    .findFirst()
                    .ifPresent(findings::add);
        }
        if (route.body().at("/corsPolicy/allowCredentials").asBoolean(false)
                && anyOrigin(route.body().path("corsPolicy"))) {
            findings.add(CORS_CREDENTIALS_FOR_ALL.at(
                    policy,
                    "every site may call %s with the credentials of its visitors' browsers"
                            .formatted(String.join(", ", service.hosts()))));
        }
        return findings;
    }

    private static boolean anyOrigin(JsonNode cors) {
        return Fields.items(cors.path("allowOrigins")).stream()
                .anyMatch(origin -> origin.path("exact").asText("").equals("*")
                        || List.of(".*", ".+", "*")
                                .contains(origin.path("regex").asText(""))
                        || List.of("http", "https://", "")
                                .contains(origin.path("prefix").asText("none")));
    }

    private static Optional<Finding> missed(
            Mesh mesh, VirtualService service, List<HttpRoute> routes, HttpMatch match) {
        String host = service.hosts().stream()
                .filter(name -> !name.startsWith("*"))
                .findFirst()
                .orElse("www.example.com");
        HttpRequest preflight =
                GatewayConnection.preflight(HttpRequest.of("GET", "https", host, SamplePath.path(match.body())), "GET");
        if (match.fits(preflight, mesh.version()) || !narrows(match.body())) {
            return Optional.empty();
        }
        Optional<HttpRoute> taken = routes.stream()
                .filter(route -> route.matches().isEmpty()
                        || route.matches().stream().anyMatch(other -> other.fits(preflight, mesh.version())))
                .findFirst();
        return taken.map(CorsReachable::hasCors).orElse(false)
                ? Optional.empty()
                : Optional.of(CORS_UNREACHABLE.at(
                        match.source(),
                        "a preflight for %s%s does not fit this match and %s, so the CORS policy never answers it"
                                .formatted(
                                        host,
                                        preflight.path(),
                                        taken.map(route -> "takes the route in line %d, which has none"
                                                        .formatted(route.source()
                                                                .place()
                                                                .line()))
                                                .orElse("finds no route (404)"))));
    }

    /**
     * True if a match asks for what a preflight cannot bring along; a regex of a path says nothing about preflights.
     */
    private static boolean narrows(JsonNode match) {
        return !match.path("method").isEmpty() || !match.path("headers").isEmpty();
    }
}
