package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.Nearby;
import io.meshwright.check.evidence.WrittenDestination;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.route.OutboundClusters.Target;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A destination must say a port that the service has; without one a gateway asks a service of several ports for the
 * gateway's own, and a sidecar asks every service for the port that was called.
 */
@AutoService(Inspection.class)
public final class RouteToKnownPort implements Check {
    public static final Rule ROUTE_TO_UNKNOWN_PORT = Rule.error("MESH123", "route_to_unknown_port")
            .title("A route leads to a port that the service does not have")
            .twins("IST0101", "KIA1101")
            .consequence("The proxy has no cluster for it and answers 503 with flag NC.")
            .remedy("Name one of the Service's own ports, not a target port.");

    public static final Rule ROUTE_WITHOUT_PORT = Rule.error("MESH125", "route_without_port")
            .title("A route names no port, and the service may not have the one that is asked for")
            .twins("IST0112")
            .consequence("The port of the gateway, or the one that a sidecar's application called, is asked for.")
            .remedy("Write destination.port.number.");

    @Override
    public List<Rule> rules() {
        return List.of(ROUTE_TO_UNKNOWN_PORT, ROUTE_WITHOUT_PORT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .flatMap(service -> WrittenDestination.of(service).stream())
                .flatMap(target -> target
                        .service(mesh)
                        .filter(service -> service.alias().isEmpty())
                        .filter(service -> !HostName.isWildcard(service.host())
                                && !service.ports().isEmpty())
                        .flatMap(service -> finding(mesh, target, service)
                                .map(finding -> Completeness.weighed(
                                        finding,
                                        Nearby.together(
                                                target.owner().manifest(),
                                                service.source().manifest()))))
                        .or(() -> behindAlias(mesh, target))
                        .map(target::weighed)
                        .stream());
    }

    /** An ExternalName Service has no cluster, and stands for another host only on the ports that it declares. */
    private static Optional<Finding> behindAlias(Mesh mesh, WrittenDestination target) {
        if (target.service(mesh).flatMap(Service::alias).isEmpty()) {
            return Optional.empty();
        }
        List<Target> meant = Stream.concat(
                        target.isForRequestsOfMesh()
                                ? called(mesh, target).stream().map(port -> cluster(mesh, target, port, true))
                                : Stream.empty(),
                        target.owner().isOnMesh() && target.isForRequestsOfMesh()
                                ? Stream.empty()
                                : listening(mesh, target).stream().map(port -> cluster(mesh, target, port, false)))
                .toList();
        boolean known = meant.stream()
                .anyMatch(found -> found.port().isPresent() || mesh.externals().hasHost(found.host()));
        return known
                ? Optional.empty()
                : meant.stream()
                        .findFirst()
                        .map(found -> ROUTE_TO_UNKNOWN_PORT
                                .at(target.source(), "%s, %s".formatted(found.why(), target.withoutCluster()))
                                .remedy("Let the ExternalName Service declare the port that is called, or route to the"
                                        + " Service or ServiceEntry itself."))
                        .map(finding -> Completeness.weighed(finding, isTelling(mesh, target, meant.get(0))));
    }

    /** Tells whether the host for which it stands would be among the manifests if it existed. */
    private static boolean isTelling(Mesh mesh, WrittenDestination target, Target found) {
        return found.service().isPresent()
                || found.host().equals(found.alias().map(Service::host).orElse(""))
                || new Completeness(mesh)
                        .lost(found.host(), target.namespace(), target.namespace())
                        .filter(Completeness.MissingHost::telling)
                        .isPresent();
    }

    private static Target cluster(Mesh mesh, WrittenDestination target, int port, boolean onMesh) {
        return mesh.outboundClusters().of(target.destination(), target.namespace(), port, onMesh);
    }

    private static Optional<Finding> finding(Mesh mesh, WrittenDestination target, Service service) {
        if (target.port().isPresent()) {
            int port = target.port().get();
            return service.port(port).isPresent()
                    ? Optional.empty()
                    : Optional.of(ROUTE_TO_UNKNOWN_PORT.at(
                            target.source().at("/port/number"),
                            "service %s has no port %d but %s, %s"
                                    .formatted(service, port, numbers(service), target.withoutCluster())));
        }
        return onMesh(mesh, target, service)
                .or(() ->
                        service.ports().size() < 2 ? Optional.empty() : Optional.of(ambiguous(mesh, target, service)));
    }

    /** A sidecar asks for the port that its application called, even where the service has only one. */
    private static Optional<Finding> onMesh(Mesh mesh, WrittenDestination target, Service service) {
        List<Integer> called = target.isForRequestsOfMesh() ? called(mesh, target) : List.of();
        boolean known = called.stream()
                .map(target.destination()::portOnMesh)
                .anyMatch(port -> service.port(port).isPresent());
        return called.isEmpty() || known
                ? Optional.empty()
                : Optional.of(ROUTE_WITHOUT_PORT.at(
                        target.source(),
                        "the destination names no port, and service %s has %s but not the called port %d, so the caller's proxy answers "
                                .concat("503 with flag NC")
                                .formatted(service, numbers(service), called.get(0))));
    }

    /**
     * The ports of the services that the VirtualService is for, and for which sidecars heed it: a waypoint asks a
     * service of one port for that (getWaypointDestinationCluster).
     */
    private static List<Integer> called(Mesh mesh, WrittenDestination target) {
        boolean sidecars = mesh.pods().all().stream()
                .anyMatch(pod -> pod.proxy().isSidecar() || pod.proxy().inMesh() == Truth.UNKNOWN);
        return target.owner().hosts().stream()
                .filter(host -> !HostName.isWildcard(host))
                .flatMap(host -> mesh.services().find(host, target.namespace()).stream())
                .filter(service -> sidecars || !mesh.waypoints().mayServe(service))
                .flatMap(host -> host.ports().stream())
                .filter(port -> port.protocol().mayBeHttp())
                .map(ServicePort::number)
                .distinct()
                .toList();
    }

    private static List<Integer> listening(Mesh mesh, WrittenDestination target) {
        return target.owner().gateways().stream()
                .flatMap(name -> mesh.gateways().find(name).stream())
                .map(Gateway::servers)
                .flatMap(List::stream)
                .map(Server::port)
                .distinct()
                .toList();
    }

    private static Finding ambiguous(Mesh mesh, WrittenDestination target, Service service) {
        List<Integer> listening = listening(mesh, target);
        Optional<Integer> missing =
                listening.stream().filter(port -> service.port(port).isEmpty()).findFirst();
        String what = "the destination names no port and service %s has %s".formatted(service, numbers(service));
        return missing.map(port -> ROUTE_WITHOUT_PORT.at(
                        target.source(),
                        "%s, so the gateway's port %d is asked for, %s".formatted(what, port, target.withoutCluster())))
                .orElseGet(() -> ROUTE_WITHOUT_PORT
                        .at(target.source(), "%s, so whichever port the caller used decides".formatted(what))
                        .as(listening.isEmpty() && isMeant(mesh, target, service) ? Severity.INFO : Severity.WARNING));
    }

    /** True if the service has each port of those for which the route stands, as a release's Services do. */
    private static boolean isMeant(Mesh mesh, WrittenDestination target, Service service) {
        List<Integer> called = target.isForRequestsOfMesh() ? called(mesh, target) : List.of();
        return called.size() > 1
                && called.stream().allMatch(port -> service.port(port).isPresent());
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
