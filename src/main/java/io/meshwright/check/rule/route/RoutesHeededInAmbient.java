package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.stream.Stream;

/** In ambient mode only waypoints read HTTP, so routes of a service count where it has one. */
@AutoService(Inspection.class)
public final class RoutesHeededInAmbient implements Check {
    public static final Rule ROUTE_NO_ZTUNNEL_HEEDS = Rule.warning("MESH334", "route_no_ztunnel_heeds")
            .title("A route is for a service in ambient mode that has no waypoint")
            .twins("KIA1109")
            .consequence("A ztunnel heeds no routes: calls go to the service itself, without split, timeout or retry.")
            .remedy("Label the Service, or its namespace, istio.io/use-waypoint with the name of a waypoint.");

    @Override
    public List<Rule> rules() {
        return List.of(ROUTE_NO_ZTUNNEL_HEEDS);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        List<Pod> pods = mesh.pods().all();
        // A sidecar heeds the routes itself, whoever is called, and where labels are not given one may be there.
        boolean onlyAmbient = pods.stream().anyMatch(pod -> pod.proxy().isZtunnel())
                && pods.stream()
                        .noneMatch(pod -> pod.proxy().isSidecar() || pod.proxy().inMesh() == Truth.UNKNOWN);
        return onlyAmbient
                ? mesh.virtualServices().all().stream()
                        .filter(route -> route.isOnMesh() && !route.isDelegate())
                        .flatMap(route -> unheeded(mesh, route))
                : Stream.empty();
    }

    private static Stream<Finding> unheeded(Mesh mesh, VirtualService route) {
        List<Service> services = route.hosts().stream()
                .flatMap(host -> mesh.services().of(host).stream())
                .toList();
        boolean heeded = services.isEmpty()
                || services.stream().anyMatch(service -> isServed(mesh, service) || !isAmbient(mesh, service));
        return heeded ? Stream.empty() : Stream.of(finding(mesh, route, services.get(0)));
    }

    /** Calls to pods of a headless Service go to the pods themselves, where even a waypoint has no routes. */
    private static boolean isServed(Mesh mesh, Service service) {
        return mesh.waypoints().mayServe(service) && mesh.waypoints().hasAddress(service);
    }

    private static Finding finding(Mesh mesh, VirtualService route, Service service) {
        return mesh.waypoints().mayServe(service)
                ? ROUTE_NO_ZTUNNEL_HEEDS
                        .at(
                                route.manifest(),
                                "%s has no address of its own by which its calls would come to the waypoint and its routes"
                                        .formatted(service))
                        .remedy("Give the Service an address of its own, or write the routes for one that has.")
                : ROUTE_NO_ZTUNNEL_HEEDS.at(
                        route.manifest(),
                        "%s has no waypoint, and before its callers stands a ztunnel, which heeds no routes"
                                .formatted(service));
    }

    private static boolean isAmbient(Mesh mesh, Service service) {
        List<Pod> pods = mesh.services().pods(service);
        return !pods.isEmpty() && pods.stream().allMatch(pod -> pod.proxy().isZtunnel());
    }
}
