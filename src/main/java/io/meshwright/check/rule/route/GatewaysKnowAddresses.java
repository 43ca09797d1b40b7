package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.route.ConnectionRoute;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A sidecar can go on to the address that was called; at a gateway that is the gateway's own, and nobody is there. */
@AutoService(Inspection.class)
public final class GatewaysKnowAddresses implements Check {
    public static final Rule ENTRY_UNRESOLVED_AT_GATEWAY = Rule.error("MESH380", "entry_unresolved_at_gateway")
            .title("A gateway's route leads to a ServiceEntry of resolution NONE")
            .consequence("The gateway has no address to go on to: 503 (UH), or a closed connection.")
            .remedy("Write resolution DNS with whole names, or endpoints; for a domain whose servers answer alike lead"
                    + " the route to an entry of one of them.");

    @Override
    public List<Rule> rules() {
        return List.of(ENTRY_UNRESOLVED_AT_GATEWAY);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<Source, Finding> findings = new LinkedHashMap<>();
        Stream<Destination> requests =
                GatewayRoute.of(mesh).stream().flatMap(route -> route.route().destinations().stream());
        Stream<Destination> connections =
                mesh.virtualServices().all().stream().flatMap(service -> connections(mesh, service));
        Stream.concat(requests, connections)
                .forEach(destination -> finding(mesh, destination)
                        .ifPresent(finding -> findings.putIfAbsent(destination.source(), finding)));
        return findings.values().stream();
    }

    private static Stream<Destination> connections(Mesh mesh, VirtualService service) {
        List<Gateway> gateways = service.gateways().stream()
                .flatMap(reference -> mesh.gateways().versions(reference).stream())
                .filter(gateway -> !mesh.gateways().pods(gateway).isEmpty())
                .toList();
        return Stream.of("tls", "tcp")
                .flatMap(sort -> mesh.virtualServices().connections(service, sort).stream())
                .filter(route -> gateways.stream().anyMatch(gateway -> isHeeded(gateway, route)))
                .flatMap(route -> route.shares().stream())
                .map(HttpRoute.Share::destination);
    }

    private static boolean isHeeded(Gateway gateway, ConnectionRoute route) {
        String reference =
                "%s/%s".formatted(gateway.manifest().home(), gateway.manifest().name());
        return route.body().path("match").isEmpty()
                || gateway.servers().stream()
                        .anyMatch(server ->
                                !route.namesAt(reference, server.port()).isEmpty());
    }

    private static Optional<Finding> finding(Mesh mesh, Destination destination) {
        String host = mesh.services().host(destination.host(), destination.namespace());
        return mesh.services().of(host).stream()
                .filter(mesh.services()::isUnresolved)
                .findFirst()
                .map(entry -> ENTRY_UNRESOLVED_AT_GATEWAY.at(
                        destination.source(),
                        "%s says resolution NONE, the address that was called, which at a gateway is its own"
                                .formatted(entry.source().manifest())));
    }
}
