package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.DestinationRule;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.Export;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Proxy;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A waypoint heeds what its own namespace sees, whoever calls, and VirtualServices of that namespace and of the
 * service's alone (DefaultSidecarScopeForGateway, getVirtualServiceForWaypoint).
 */
@AutoService(Inspection.class)
public final class RulesShownToWaypoint implements Check {
    public static final Rule HIDDEN_FROM_WAYPOINT = Rule.warning("MESH408", "hidden_from_waypoint")
            .title("What is written for a service is not shown to its waypoint")
            .consequence("Nobody heeds it: callers in ambient mode leave routes and settings to the waypoint.")
            .remedy(
                    "Add the waypoint's namespace to exportTo, and write routes in the service's namespace or in the waypoint's.");

    private static final Set<Proxy.Type> OF_ROUTES = Set.of(Proxy.Type.SIDECAR, Proxy.Type.UNKNOWN);
    private static final Set<Proxy.Type> OF_RULES = Set.of(Proxy.Type.SIDECAR, Proxy.Type.UNKNOWN, Proxy.Type.GATEWAY);

    @Override
    public List<Rule> rules() {
        return List.of(HIDDEN_FROM_WAYPOINT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return Stream.concat(
                mesh.virtualServices().all().stream()
                        .filter(routes -> routes.isOnMesh() && !routes.isDelegate())
                        .filter(routes -> !isReadElsewhere(mesh, routes.export(), OF_ROUTES))
                        .flatMap(routes -> route(mesh, routes).stream()),
                mesh.destinationRules().written().stream()
                        .filter(rule -> rule.clients().isEmpty() && !isReadElsewhere(mesh, rule.export(), OF_RULES))
                        .flatMap(rule -> rule(mesh, rule).stream()));
    }

    /** Proxies that heed it themselves, or may. */
    private static boolean isReadElsewhere(Mesh mesh, Export export, Set<Proxy.Type> readers) {
        return mesh.pods().all().stream()
                .filter(pod -> export.reaches(pod.namespace()))
                .anyMatch(pod -> readers.contains(pod.proxy().type()));
    }

    private static Optional<Finding> route(Mesh mesh, VirtualService routes) {
        Manifest manifest = routes.manifest();
        for (String host : routes.hosts()) {
            for (Service service : mesh.services().of(host)) {
                Optional<Pod> waypoint = mesh.waypoints().inFrontOf(service);
                Optional<Finding> hidden = waypoint.flatMap(pod ->
                        hidden(manifest, routes.export(), pod, service).or(() -> foreign(manifest, pod, service)));
                if (waypoint.isPresent()) {
                    return hidden;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> rule(Mesh mesh, DestinationRule rule) {
        return mesh.services().of(rule.host()).stream()
                .flatMap(service -> mesh.waypoints().inFrontOf(service).stream()
                        .flatMap(pod -> hidden(rule.parts().get(0), rule.export(), pod, service).stream()))
                .findFirst();
    }

    private static Optional<Finding> hidden(Manifest manifest, Export export, Pod waypoint, Service service) {
        Source place = Source.of(manifest);
        return export.reaches(waypoint.namespace())
                ? Optional.empty()
                : Optional.of(HIDDEN_FROM_WAYPOINT.at(
                        manifest.at("/spec").has("exportTo") ? place.at("/spec/exportTo") : place,
                        "the waypoint %s of %s is in a namespace that does not see it".formatted(waypoint, service)));
    }

    private static Optional<Finding> foreign(Manifest manifest, Pod waypoint, Service service) {
        String home = manifest.home();
        return home.equals(service.namespace()) || home.equals(waypoint.namespace())
                ? Optional.empty()
                : Optional.of(HIDDEN_FROM_WAYPOINT.at(
                        manifest,
                        "it lies neither in the namespace of %s nor in that of its waypoint %s"
                                .formatted(service, waypoint)));
    }
}
