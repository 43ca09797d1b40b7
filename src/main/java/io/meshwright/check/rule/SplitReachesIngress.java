package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.VirtualService;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A gateway follows its own routes only: a split among subsets that sidecars follow is unknown to it. */
public final class SplitReachesIngress implements Check {
    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<String, VirtualService> splits = new TreeMap<>();
        mesh.virtualServices().all().stream()
                .filter(VirtualService::isOnMesh)
                .forEach(service -> destinations(service)
                        .filter(to -> to.subset().isPresent() && service.hosts().contains(host(mesh, to)))
                        .forEach(to -> splits.putIfAbsent(host(mesh, to), service)));
        return mesh.virtualServices().all().stream()
                .filter(service -> service.gateways().stream().anyMatch(name -> !name.equals(VirtualService.MESH)))
                .flatMap(service -> destinations(service)
                        .filter(to -> to.subset().isEmpty() && splits.containsKey(host(mesh, to)))
                        .filter(to -> splits.get(host(mesh, to)) != service)
                        .map(to -> Rule.SPLIT_PASSED_BY.at(
                                to.source(),
                                ("%s leads to subsets of \"%s\" for sidecars only; what comes through the gateway "
                                                + "goes to all pods")
                                        .formatted(splits.get(host(mesh, to)), to.host()))));
    }

    private static Stream<Destination> destinations(VirtualService service) {
        return service.written().stream().flatMap(route -> route.destinations().stream());
    }

    private static String host(Mesh mesh, Destination destination) {
        return mesh.services().host(destination.host(), destination.namespace());
    }
}
