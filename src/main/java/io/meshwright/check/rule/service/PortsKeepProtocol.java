package io.meshwright.check.rule.service;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.WrittenDestination;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Routes of a VirtualService are for each port of its host, so that a port which they name takes the calls of all
 * others too (fluxcd/flagger#1087).
 */
@AutoService(Inspection.class)
public final class PortsKeepProtocol implements Check {
    public static final Rule PORT_OF_OTHER_PROTOCOL = Rule.warning("MESH416", "port_of_other_protocol")
            .title("A route leads calls of one port to a port of another protocol")
            .consequence("gRPC comes to a server of plain HTTP, or the other way round, and fails.")
            .remedy("Leave the port of the destination out, or write a route for each port by match.port.");

    @Override
    public List<Rule> rules() {
        return List.of(PORT_OF_OTHER_PROTOCOL);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .flatMap(owner -> WrittenDestination.of(owner).stream())
                .filter(WrittenDestination::isForRequestsOfMesh)
                .flatMap(target -> finding(mesh, target).stream());
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
