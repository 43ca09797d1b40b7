package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A VirtualService without hosts serves nobody unless another delegates to it, and who delegates needs somebody there.
 */
@AutoService(Inspection.class)
public final class DelegatesMeet implements Check {
    public static final Rule ROUTE_WITHOUT_HOSTS = Rule.error("MESH139", "route_without_hosts")
            .title("A VirtualService has no hosts and nobody delegates to it")
            .consequence("It routes nothing.")
            .remedy("Add hosts, or name it as delegate in the VirtualService that has them.");

    public static final Rule DELEGATE_MISSING = Rule.error("MESH140", "delegate_missing")
            .title("A route delegates to nobody")
            .consequence("The route vanishes: its requests take a later one or get 404. Calls in the mesh go on as if a"
                    + " VirtualService of which no route is left were not there.")
            .remedy("Name a VirtualService without hosts that is exported to this namespace.");

    @Override
    public List<Rule> rules() {
        return List.of(ROUTE_WITHOUT_HOSTS, DELEGATE_MISSING);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Set<String> wanted = mesh.virtualServices().all().stream()
                .flatMap(service -> service.written().stream())
                .flatMap(route -> route.delegate().stream())
                .collect(Collectors.toSet());
        Stream<Finding> orphans = mesh.virtualServices().all().stream()
                .filter(VirtualService::isDelegate)
                .filter(service -> !wanted.contains("%s/%s"
                        .formatted(service.manifest().home(), service.manifest().name())))
                .map(service -> Completeness.weighed(
                        ROUTE_WITHOUT_HOSTS.at(
                                service.manifest(),
                                "it has no hosts and no other VirtualService delegates to it, so it routes nothing"),
                        !isToFillIn(service)));
        return Stream.concat(
                orphans,
                mesh.virtualServices().all().stream()
                        .filter(service -> !service.isDelegate())
                        .flatMap(service -> service.written().stream())
                        .flatMap(route -> missing(mesh, route).stream()));
    }

    /** True if it has an empty list of hosts, as bases leave it to what completes them. */
    private static boolean isToFillIn(VirtualService service) {
        return service.manifest().at("/spec/hosts").isArray();
    }

    private static Optional<Finding> missing(Mesh mesh, HttpRoute route) {
        return route.delegate()
                .filter(reference -> mesh.virtualServices()
                        .delegate(reference, route.owner().manifest().home())
                        .isEmpty())
                .filter(reference -> mesh.virtualServices().find(reference).isPresent()
                        || mesh.virtualServices().all().stream()
                                .anyMatch(service -> reference.startsWith(
                                        service.manifest().home().concat("/"))))
                .map(reference -> DELEGATE_MISSING.at(
                        route.source().at("/delegate"),
                        "%s, so the route vanishes and %s"
                                .formatted(
                                        mesh.virtualServices()
                                                .find(reference)
                                                .map(found -> found.isDelegate()
                                                        ? "%s is not exported to this namespace".formatted(found)
                                                        : "%s has hosts of its own and is no delegate".formatted(found))
                                                .orElse("there is no VirtualService %s".formatted(reference)),
                                        end(mesh, route.owner()))));
    }

    private static String end(Mesh mesh, VirtualService owner) {
        if (!mesh.virtualServices().routes(owner).isEmpty()) {
            return "its requests take a later one or get 404";
        }
        String passed = "calls in the mesh go on as if there were no VirtualService";
        if (!owner.isOnMesh()) {
            return "its requests get 404";
        }
        return owner.gateways().size() == 1 ? passed : "its requests get 404 at gateways, while ".concat(passed);
    }
}
