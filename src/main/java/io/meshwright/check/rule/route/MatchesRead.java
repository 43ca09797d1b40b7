package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.route.VirtualService;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A match is one that a gateway or the sidecars of its VirtualService read (route.go, TranslateRouteMatch). */
@AutoService(Inspection.class)
public final class MatchesRead implements Check {
    public static final Rule MATCH_READ_NOWHERE = Rule.warning("MESH376", "match_read_nowhere")
            .title("No proxy of a VirtualService reads one of its matches")
            .consequence("Requests that it is for get the next route, or 404.")
            .remedy("Name gateways, a port and labels of sources that the VirtualService is for.");

    @Override
    public List<Rule> rules() {
        return List.of(MATCH_READ_NOWHERE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .filter(service -> !service.isDelegate())
                .flatMap(service -> unread(mesh, service));
    }

    private static Stream<Finding> unread(Mesh mesh, VirtualService service) {
        List<Gateway> gateways = service.gateways().stream()
                .flatMap(reference -> mesh.gateways().versions(reference).stream())
                .toList();
        boolean unknown = service.gateways().stream()
                .filter(reference -> !reference.equals(VirtualService.MESH))
                .anyMatch(reference -> mesh.gateways().versions(reference).isEmpty());
        return unknown
                        || gateways.stream()
                                .anyMatch(gateway -> gateway.servers().isEmpty())
                ? Stream.empty()
                : service.written().stream()
                        .flatMap(route -> route.matches().stream())
                        .flatMap(match -> reason(service, gateways, match).stream()
                                .map(why -> MATCH_READ_NOWHERE.at(match.source(), why)));
    }

    private static Optional<String> reason(VirtualService service, List<Gateway> gateways, HttpMatch match) {
        List<String> named = Fields.texts(match.body().path("gateways")).stream()
                .map(name -> VirtualService.gateway(name, service.manifest().home()))
                .toList();
        boolean sidecars = service.isOnMesh() && (named.isEmpty() || named.contains(VirtualService.MESH));
        boolean counted = gateways.stream()
                .anyMatch(gateway -> gateway.servers().stream()
                        .anyMatch(server -> match.countsAt(gateway.reference(), server.port())));
        if (sidecars || counted) {
            return Optional.empty();
        }
        if (!named.isEmpty() && named.stream().noneMatch(service.gateways()::contains)) {
            return Optional.of("%s is no gateway of this VirtualService, so no proxy reads the match"
                    .formatted(String.join(", ", named)));
        }
        return Optional.of(
                match.body().path("port").isNumber()
                        ? "none of its gateways has a server on port %s, so no proxy reads the match"
                                .formatted(match.body().path("port"))
                        : "it asks for labels or a namespace of callers, which gateways do not know, so no proxy reads it");
    }
}
