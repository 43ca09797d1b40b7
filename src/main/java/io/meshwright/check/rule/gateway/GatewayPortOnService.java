package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.UsualGateway;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A gateway's port is reachable only through a Service in front of its pods. */
@AutoService(Inspection.class)
public final class GatewayPortOnService implements Check {
    public static final Rule GATEWAY_PORT_WITHOUT_SERVICE = Rule.warning("MESH154", "gateway_port_without_service")
            .title("A Gateway opens a port that no Service leads to")
            .twins("IST0162")
            .consequence("Nobody outside reaches the server.")
            .remedy("Add the port to the gateway's Service, or use one of its ports.");

    @Override
    public List<Rule> rules() {
        return List.of(GATEWAY_PORT_WITHOUT_SERVICE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.gateways().all().stream()
                .flatMap(gateway -> gateway.servers().stream().flatMap(server -> finding(mesh, gateway, server)));
    }

    private static Stream<Finding> finding(Mesh mesh, Gateway gateway, Server server) {
        if (UsualGateway.isMeant(mesh, gateway) && !UsualGateway.hasPort(server.port())) {
            return Stream.of(GATEWAY_PORT_WITHOUT_SERVICE
                    .at(
                            server.source().at("/port/number"),
                            "the Service that istioctl puts in front of the gateway has no port %d"
                                    .formatted(server.port()))
                    .as(Severity.INFO));
        }
        return mesh.gateways().pods(gateway).stream()
                .filter(pod -> !mesh.services().selecting(pod).isEmpty())
                .filter(pod ->
                        mesh.services().selecting(pod).stream().noneMatch(service -> leads(service, server, pod)))
                .limit(1)
                .map(pod -> GATEWAY_PORT_WITHOUT_SERVICE.at(
                        server.source().at("/port/number"),
                        "no Service in front of %s has port %d (%s), so nobody outside can reach the server"
                                .formatted(
                                        pod,
                                        server.port(),
                                        names(mesh.services().selecting(pod)))));
    }

    private static boolean leads(Service service, Server server, Pod pod) {
        return service.ports().stream()
                .anyMatch(port -> port.number() == server.port() || port.on(pod).equals(OptionalInt.of(server.port())));
    }

    private static String names(List<Service> services) {
        return String.join(", ", services.stream().map(Service::host).distinct().toList());
    }
}
