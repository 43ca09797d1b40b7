package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A gateway follows its own routes only: a split among subsets or hosts that sidecars follow is unknown to it. */
@AutoService(Inspection.class)
public final class SplitReachesIngress implements Check {
    public static final Rule SPLIT_PASSED_BY = Rule.warning("MESH142", "split_passed_by")
            .title("A gateway passes by the subsets or Services among which sidecars split a host")
            .twins("IST0140")
            .consequence("Clients outside meet every version in proportion to its pods.")
            .remedy(
                    "Write the destinations and weights into the gateway's route too, or bind one VirtualService to both.");

    @Override
    public List<Rule> rules() {
        return List.of(SPLIT_PASSED_BY);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<String, VirtualService> splits = new TreeMap<>();
        mesh.virtualServices().all().stream().filter(VirtualService::isOnMesh).forEach(service -> {
            destinations(service)
                    .filter(to -> to.subset().isPresent() && service.hosts().contains(host(mesh, to)))
                    .forEach(to -> splits.putIfAbsent(host(mesh, to), service));
            if (isSplitByHost(mesh, service)) {
                service.hosts().forEach(host -> splits.putIfAbsent(host, service));
            }
        });
        return mesh.virtualServices().all().stream()
                .filter(service -> service.gateways().stream().anyMatch(name -> !name.equals(VirtualService.MESH)))
                .flatMap(service -> service.written().stream()
                        .filter(route -> hosts(mesh, route) < 2)
                        .flatMap(route -> route.destinations().stream())
                        .filter(to -> to.subset().isEmpty())
                        .flatMap(to -> Stream.ofNullable(splits.get(host(mesh, to)))
                                .filter(split -> split != service)
                                .map(split -> SPLIT_PASSED_BY.at(to.source(), passedBy(mesh, split, to)))));
    }

    /** True if one of its routes shares requests out among several Services. */
    private static boolean isSplitByHost(Mesh mesh, VirtualService service) {
        return service.written().stream().anyMatch(route -> hosts(mesh, route) > 1);
    }

    private static long hosts(Mesh mesh, HttpRoute route) {
        return route.destinations().stream()
                .map(to -> host(mesh, to))
                .distinct()
                .count();
    }

    private static String passedBy(Mesh mesh, VirtualService split, Destination to) {
        boolean bySubset = destinations(split)
                .anyMatch(each -> each.subset().isPresent() && host(mesh, each).equals(host(mesh, to)));
        return bySubset
                ? "%s leads to subsets of \"%s\" for sidecars only; what comes through the gateway goes to all pods"
                        .formatted(split, to.host())
                : "%s shares \"%s\" out among several Services for sidecars only; what comes through the gateway goes to that one"
                        .formatted(split, to.host());
    }

    private static Stream<Destination> destinations(VirtualService service) {
        return service.written().stream().flatMap(route -> route.destinations().stream());
    }

    private static String host(Mesh mesh, Destination destination) {
        return mesh.services().host(destination.host(), destination.namespace());
    }
}
