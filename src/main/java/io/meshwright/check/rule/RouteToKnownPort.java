package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A destination must say a port that the service has; without one a gateway asks a service of several ports for the
 * gateway's own, and a sidecar asks every service for the port that was called.
 */
public final class RouteToKnownPort implements Check {
    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .flatMap(service -> Target.of(service).stream())
                .flatMap(target -> target
                        .service(mesh)
                        .filter(service -> !HostName.isWildcard(service.host())
                                && !service.ports().isEmpty())
                        .flatMap(service -> finding(mesh, target, service)
                                .map(finding -> Given.weighed(
                                        finding,
                                        Nearby.together(
                                                target.owner().manifest(),
                                                service.source().manifest()))))
                        .stream());
    }

    private static Optional<Finding> finding(Mesh mesh, Target target, Service service) {
        if (target.port().isPresent()) {
            int port = target.port().get();
            return service.port(port).isPresent()
                    ? Optional.empty()
                    : Optional.of(Rule.ROUTE_TO_UNKNOWN_PORT.at(
                            target.source().at("/port/number"),
                            "service %s has no port %d but %s, so the proxy answers 503 with flag NC"
                                    .formatted(service, port, numbers(service))));
        }
        return onMesh(mesh, target, service)
                .or(() ->
                        service.ports().size() < 2 ? Optional.empty() : Optional.of(ambiguous(mesh, target, service)));
    }

    /** A sidecar asks for the port that its application called, even where the service has only one. */
    private static Optional<Finding> onMesh(Mesh mesh, Target target, Service service) {
        List<Integer> called = target.isForRequestsOfMesh() ? called(mesh, target) : List.of();
        boolean known = called.stream()
                .map(target.destination()::portOnMesh)
                .anyMatch(port -> service.port(port).isPresent());
        return called.isEmpty() || known
                ? Optional.empty()
                : Optional.of(Rule.ROUTE_WITHOUT_PORT.at(
                        target.source(),
                        "the destination names no port, and service %s has %s but not the called port %d, so the caller's proxy answers "
                                .concat("503 with flag NC")
                                .formatted(service, numbers(service), called.get(0))));
    }

    /** The ports of the services that the VirtualService is for. */
    private static List<Integer> called(Mesh mesh, Target target) {
        return target.owner().hosts().stream()
                .filter(host -> !HostName.isWildcard(host))
                .flatMap(host -> mesh.services().find(host, target.namespace()).stream())
                .flatMap(host -> host.ports().stream())
                .filter(port -> port.protocol().mayBeHttp())
                .map(ServicePort::number)
                .distinct()
                .toList();
    }

    private static Finding ambiguous(Mesh mesh, Target target, Service service) {
        List<Integer> listening = target.owner().gateways().stream()
                .flatMap(name -> mesh.gateways().find(name).stream())
                .map(Gateway::servers)
                .flatMap(List::stream)
                .map(Server::port)
                .distinct()
                .toList();
        Optional<Integer> missing =
                listening.stream().filter(port -> service.port(port).isEmpty()).findFirst();
        String what = "the destination names no port and service %s has %s".formatted(service, numbers(service));
        return missing.map(port -> Rule.ROUTE_WITHOUT_PORT.at(
                        target.source(),
                        "%s, so the gateway's port %d is asked for and the gateway answers 503 with flag NC"
                                .formatted(what, port)))
                .orElseGet(() -> Rule.ROUTE_WITHOUT_PORT
                        .at(target.source(), "%s, so whichever port the caller used decides".formatted(what))
                        .as(Severity.WARNING));
    }

    private static String numbers(Service service) {
        return String.join(
                ", ",
                service.ports().stream()
                        .map(ServicePort::number)
                        .map(Object::toString)
                        .toList());
    }
}
