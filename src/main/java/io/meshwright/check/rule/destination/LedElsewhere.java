package io.meshwright.check.rule.destination;

import io.meshwright.check.evidence.WrittenDestination;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.stream.Stream;

/** Calls to a service that VirtualServices lead to its subsets or to others, so that nobody calls it as a whole. */
final class LedElsewhere {
    private LedElsewhere() {}

    static boolean allCalls(Mesh mesh, Pod client, Service service, ServicePort port) {
        return client.proxy().isSidecar()
                && port.protocol().isHttp()
                && mesh.routing().mesh(client, service.host(), port.number()).isPresent()
                && mesh.virtualServices().ofGatewayApi().isEmpty()
                && named(mesh, service).allMatch(target -> target.subset().isPresent());
    }

    /** True if a route leads to the subset. */
    static boolean isNamed(Mesh mesh, Service service, String subset) {
        return named(mesh, service)
                .anyMatch(target -> target.subset().filter(subset::equals).isPresent());
    }

    private static Stream<WrittenDestination> named(Mesh mesh, Service service) {
        return mesh.virtualServices().all().stream()
                .flatMap(owner -> WrittenDestination.of(owner).stream())
                .filter(target ->
                        mesh.services().host(target.host(), target.namespace()).equals(service.host()));
    }
}
