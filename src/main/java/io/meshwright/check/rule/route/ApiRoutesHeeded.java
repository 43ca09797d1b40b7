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

    private static final Kind UDP_ROUTE = new Kind(Kind.TCP_ROUTE.group(), "UDPRoute");

    @Override
    public List<Rule> rules() {
        return List.of(ROUTE_KIND_NOT_READ);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Set<String> ours = new TreeSet<>();
        ApiGateway.of(mesh.manifests())
                .forEach(gateway -> ours.add("%s/%s"
                        .formatted(gateway.manifest().home(), gateway.manifest().name())));
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
