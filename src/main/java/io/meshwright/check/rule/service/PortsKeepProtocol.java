package io.meshwright.check.rule.service;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.WrittenDestination;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Routes of a VirtualService are for each port of its host, so that a port which they name takes the calls of all
 * others too (fluxcd/flagger#1087).
 */
@AutoService(Inspection.class)
public final class PortsKeepProtocol implements Check {
    public static final Rule PORT_OF_OTHER_PROTOCOL = Rule.warning("MESH416", "port_of_other_protocol")
            .title("A route leads calls of one port to a port of another protocol")
            .consequence("gRPC comes to a server of plain HTTP, or HTTP to a database, and fails.")
            .remedy("Leave the port of the destination out, or write a route for each port by match.port.");

    private static final Set<Protocol> OF_DATABASES = Set.of(Protocol.MONGO, Protocol.MYSQL, Protocol.REDIS);

    @Override
    public List<Rule> rules() {
        return List.of(PORT_OF_OTHER_PROTOCOL);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return Stream.concat(
                mesh.virtualServices().all().stream()
                        .flatMap(owner -> WrittenDestination.of(owner).stream())
                        .filter(WrittenDestination::isForRequestsOfMesh)
                        .flatMap(target -> finding(mesh, target).stream()),
                Stream.concat(mesh.virtualServices().all().stream(), mesh.virtualServices().ofGatewayApi().stream())
                        .filter(owner -> !owner.isDelegate())
                        .flatMap(owner -> mesh.virtualServices().routes(owner).stream()
                                .filter(route -> isHeeded(mesh, owner))
                                .flatMap(route -> route.destinations().stream())
                                .flatMap(to -> database(mesh, to).stream()))
                        .distinct());
    }

    /** Sidecars read HTTP on a port of such a protocol alone; a gateway does for whatever host. */
    private static boolean isHeeded(Mesh mesh, VirtualService owner) {
        return owner.gateways().stream().anyMatch(name -> !name.equals(VirtualService.MESH))
                || owner.hosts().stream()
                        .flatMap(host -> mesh.services().of(host).stream())
                        .flatMap(service -> service.ports().stream())
                        .anyMatch(port -> port.protocol().mayBeHttp());
    }

    /** HTTP at a port that is said to belong to a database, which answers no request of it. */
    private static Optional<Finding> database(Mesh mesh, Destination to) {
        return mesh.services().of(mesh.services().host(to.host(), to.namespace())).stream()
                .map(Service::ports)
                .flatMap(ports -> ports.stream()
                        .filter(port ->
                                to.port().map(number -> number == port.number()).orElse(ports.size() == 1)))
                .filter(port -> OF_DATABASES.contains(port.protocol()))
                .findFirst()
                .map(port -> PORT_OF_OTHER_PROTOCOL
                        .at(
                                to.source(),
                                "requests of HTTP go to port %d of %s (%s)"
                                        .formatted(port.number(), to.host(), port.protocol()))
                        .remedy("Lead them to a port that speaks HTTP, or call this one after HTTP if it does."));
    }

    private static Optional<Finding> finding(Mesh mesh, WrittenDestination target) {
        Optional<ServicePort> named =
                target.port().flatMap(number -> target.service(mesh).flatMap(service -> service.port(number)));
        return named.flatMap(to -> target.owner().hosts().stream()
                .filter(host -> !HostName.isWildcard(host))
                .flatMap(host -> mesh.services().find(host, target.namespace()).stream())
                .flatMap(service -> service.ports().stream())
                .filter(from -> differ(from.protocol(), to.protocol()))
                .findFirst()
                .map(from -> PORT_OF_OTHER_PROTOCOL.at(
                        target.source().at("/port/number"),
                        "calls of port %d (%s) go to port %d (%s)"
                                .formatted(from.number(), from.protocol(), to.number(), to.protocol()))));
    }

    private static boolean differ(Protocol one, Protocol other) {
        return one == Protocol.GRPC && other == Protocol.HTTP || one == Protocol.HTTP && other == Protocol.GRPC;
    }
}
