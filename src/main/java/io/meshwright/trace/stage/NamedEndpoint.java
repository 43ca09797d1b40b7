package io.meshwright.trace.stage;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.stage.NetworkStage.Connection;
import java.util.List;
import java.util.Optional;

/**
 * The Service whose name is the endpoint of a ServiceEntry: DNS gives the Service's address, to which the client's
 * proxy connects as to any host, and kube-proxy leads on to the pods. Nothing of the mesh chooses them, and TLS is that
 * of the entry (buildLocalityLbEndpoints).
 */
record NamedEndpoint(Service service, int number, Optional<ServicePort> port) {
    /** Empty unless DNS resolves all endpoints, and all of them are called by the name and port of one Service. */
    static Optional<NamedEndpoint> of(Mesh mesh, Connection connection) {
        Service.Reach reach = connection.service().reach();
        boolean proxied = connection.client().proxy().isSidecar()
                || connection.client().proxy().isGateway();
        if (connection.service().isKubernetes()
                || !proxied
                || !reach.resolution().startsWith("DNS")) {
            return Optional.empty();
        }
        List<Optional<NamedEndpoint>> named = reach.endpoints().stream()
                .map(endpoint -> of(mesh, connection.port(), endpoint))
                .distinct()
                .toList();
        return named.size() == 1 ? named.get(0) : Optional.empty();
    }

    private static Optional<NamedEndpoint> of(Mesh mesh, ServicePort port, Service.Endpoint endpoint) {
        int number = endpoint.ports().getOrDefault(port.name(), port.targetNumber());
        return mesh.services().of(endpoint.address()).stream()
                .filter(service -> service.isKubernetes() && service.selector().isPresent())
                .findFirst()
                .map(service -> new NamedEndpoint(
                        service,
                        number,
                        service.type() == Service.Type.HEADLESS ? Optional.of(port) : service.port(number)));
    }

    /** The entry's port, as the pods behind the Service hear it. */
    Optional<ServicePort> heard(ServicePort called) {
        return port.map(found ->
                new ServicePort(called.number(), called.name(), called.protocol(), target(found), called.source()));
    }

    /** The pods of a headless Service are called by the port itself. */
    private String target(ServicePort found) {
        boolean itself =
                service.type() == Service.Type.HEADLESS || found.target().isEmpty();
        return itself ? Integer.toString(number) : found.target();
    }

    List<Pod> pods(Mesh mesh, ServicePort heard) {
        return mesh.services().pods(service).stream()
                .filter(pod -> pod.replicas().orElse(1) > 0 && heard.on(pod).isPresent())
                .toList();
    }

    List<Source> sources() {
        return List.of(port.map(ServicePort::source).orElse(service.source()));
    }
}
