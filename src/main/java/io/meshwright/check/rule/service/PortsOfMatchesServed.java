package io.meshwright.check.rule.service;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.PortSpeech;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.stream.Stream;

/**
 * A sidecar has listeners for the ports of services alone, and asks a match for the port of its listener
 * (TranslateRoute, matchTCP, matchTLS): what a route wants to be called by is a port of the Service before it.
 */
@AutoService(Inspection.class)
public final class PortsOfMatchesServed implements Check {
    public static final Rule PORT_OF_MATCH_UNKNOWN = Rule.warning("MESH426", "port_of_match_unknown")
            .title("A match asks for a port that no service of its VirtualService has")
            .consequence("No connection meets the route: calls to that port find no listener.")
            .remedy("Name a port of the Service that is called, or add the port to it.");

    @Override
    public List<Rule> rules() {
        return List.of(PORT_OF_MATCH_UNKNOWN);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return PortListeners.areWritten(mesh)
                ? Stream.empty()
                : mesh.virtualServices().all().stream()
                        .filter(service -> !service.isDelegate()
                                && service.gateways().stream().allMatch(VirtualService.MESH::equals))
                        .flatMap(service -> findings(mesh, service));
    }

    private static Stream<Finding> findings(Mesh mesh, VirtualService service) {
        List<List<Service>> called =
                service.hosts().stream().map(host -> mesh.services().of(host)).toList();
        if (called.isEmpty() || called.stream().anyMatch(List::isEmpty)) {
            return Stream.empty();
        }
        return Stream.of("http", "tls", "tcp")
                .flatMap(list -> Source.of(service.manifest())
                        .items("spec/".concat(list))
                        .flatMap(route -> route.items("match"))
                        .map(match -> match.at("/port"))
                        .filter(port -> !list.equals("http") || !isUsual(mesh, port)))
                .filter(port -> Fields.number(port.value())
                        .filter(number -> called.stream()
                                .flatMap(List::stream)
                                .noneMatch(known -> known.port(number).isPresent()))
                        .isPresent())
                .map(port -> PORT_OF_MATCH_UNKNOWN.at(
                        port, "no service %s has port %s".formatted(String.join(", ", service.hosts()), port.value())));
    }

    /**
     * Requests for any host of a VirtualService are read on port 80, if some service has it
     * (separateVSHostsAndServices).
     */
    private static boolean isUsual(Mesh mesh, Source port) {
        return Fields.number(port.value())
                        .filter(number -> number == PortSpeech.PLAIN)
                        .isPresent()
                && mesh.services().readsHttpAnywhere(PortSpeech.PLAIN, service -> true);
    }
}
