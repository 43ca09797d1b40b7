package io.meshwright.trace.stage;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.stage.NetworkStage.Connection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Service whose name is the endpoint of a ServiceEntry: DNS gives the Service's address, to which the client's
 * proxy connects as to any host, and kube-proxy leads on to the pods. Nothing of the mesh chooses them, and TLS is that
 * of the entry (buildLocalityLbEndpoints).
 */
record NamedEndpoint(Service service, int number, Optional<ServicePort> port) {
    /** The Service that an endpoint names, if it is one with pods among the manifests. */
    static Optional<NamedEndpoint> of(Mesh mesh, Connection connection, Service.Endpoint endpoint) {
        ServicePort port = connection.port();
        int number = endpoint.ports().getOrDefault(port.name(), port.targetNumber());
        return names(mesh, connection.client(), endpoint.address())
                .flatMap(name -> mesh.services().of(name).stream())
                .filter(service -> service.isKubernetes() && service.selector().isPresent())
                .findFirst()
                .map(service -> new NamedEndpoint(
                        service,
                        number,
                        service.type() == Service.Type.HEADLESS ? Optional.of(port) : service.port(number)));
    }

    /**
     * The names that DNS is asked for: a proxy's resolver completes a name as its pod does, and asks for it as it
     * stands in the end (kubernetes.io, DNS for Services and Pods; dns_resolver.proto, no_default_search_domain).
     */
    static Stream<String> names(Mesh mesh, Pod client, String written) {
        if (written.endsWith(".")) {
            return Stream.of(written.substring(0, written.length() - 1));
        }
        String domain = mesh.config().domain();
        return Stream.of(
                "%s.%s.svc.%s".formatted(written, client.namespace(), domain),
                "%s.svc.%s".formatted(written, domain),
                "%s.%s".formatted(written, domain),
                written);
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
