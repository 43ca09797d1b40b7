package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gatewayapi.ApiChannel;
import io.meshwright.mesh.gatewayapi.ApiGateway;
import io.meshwright.mesh.gatewayapi.UnknownParts;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The routes of the Gateway API that name Istio's Gateways or services are of kinds that its istiod reads. */
@AutoService(Inspection.class)
public final class ApiRoutesHeeded implements Check {
    public static final Rule ROUTE_KIND_NOT_READ = Rule.error("MESH385", "route_kind_not_read")
            .title("istiod does not read routes of this kind")
            .consequence("Nobody heeds the route: connections that it should lead are closed.")
            .remedy("Set PILOT_ENABLE_ALPHA_GATEWAY_API in istiod's environment, take a release that reads the kind by"
                    + " itself, or write a VirtualService.");

    public static final Rule ROUTE_WITH_UNKNOWN_PART = Rule.error("MESH443", "route_with_unknown_part")
            .title("A route of the Gateway API has a filter or backend of which istiod makes nothing")
            .consequence("No rule of the whole route counts: all its requests get 404.")
            .remedy("Move a filter of a backendRef to its rule, write plain names and ports in backendRefs, and take"
                    + " filters out that Istio does not know.");

    private static final Kind UDP_ROUTE = new Kind(Kind.TCP_ROUTE.group(), "UDPRoute");

    @Override
    public List<Rule> rules() {
        return List.of(ROUTE_KIND_NOT_READ, ROUTE_WITH_UNKNOWN_PART);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Set<String> ours = new TreeSet<>();
        ApiGateway.of(mesh.manifests())
                .forEach(gateway -> ours.add("%s/%s"
                        .formatted(gateway.manifest().home(), gateway.manifest().name())));
        return Stream.concat(unread(mesh, ours), inVain(mesh, ours));
    }

    private static Stream<Finding> inVain(Mesh mesh, Set<String> ours) {
        return Stream.of(Kind.HTTP_ROUTE, Kind.GRPC_ROUTE)
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .filter(route -> parent(route, ours).isPresent())
                .flatMap(route -> UnknownParts.of(route, mesh.version()).limit(1))
                .map(part -> ROUTE_WITH_UNKNOWN_PART.at(part, inVain(part)));
    }

    private static String inVain(Source part) {
        boolean filter = part.pointer().contains("/filters/");
        return "Istio makes nothing of %s, so all of the route counts for nothing"
                .formatted(
                        filter
                                ? "a filter of type \"%s\" here"
                                        .formatted(part.value().path("type").asText(""))
                                : "this backend");
    }

    private static Stream<Finding> unread(Mesh mesh, Set<String> ours) {
        return Stream.of(Kind.TLS_ROUTE, Kind.TCP_ROUTE, UDP_ROUTE)
                .flatMap(kind -> why(mesh, kind).stream()
                        .flatMap(why -> mesh.manifests().kind(kind).stream()
                                .flatMap(route -> parent(route, ours).stream())
                                .map(parent -> ROUTE_KIND_NOT_READ.at(parent, why))));
    }

    private static Optional<String> why(Mesh mesh, Kind kind) {
        if (kind.equals(UDP_ROUTE)) {
            return Optional.of("no release of Istio reads UDPRoutes");
        }
        return mesh.apiChannel().heeds(kind).isNo()
                ? Optional.of("Istio %s reads %ss only if %s is true"
                        .formatted(mesh.version(), kind.name(), ApiChannel.SWITCH))
                : Optional.empty();
    }

    private static Optional<Source> parent(Manifest route, Set<String> ours) {
        return Source.of(route)
                .items("spec/parentRefs")
                .filter(parent -> parent.value().path("kind").asText("Gateway").equals("Gateway"))
                .filter(parent -> ours.contains("%s/%s"
                        .formatted(
                                parent.value().path("namespace").asText(route.home()),
                                parent.value().path("name").asText(""))))
                .findFirst();
    }
}
