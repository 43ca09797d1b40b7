package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.Export;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Requests for a host that the registry does not know, or does not show to the caller, have no cluster to go to. */
public final class RouteToKnownHost implements Check {
    @Override
    public Stream<Finding> run(Mesh mesh) {
        Given given = new Given(mesh);
        return mesh.virtualServices().all().stream().flatMap(service -> findings(mesh, given, service));
    }

    private static Stream<Finding> findings(Mesh mesh, Given given, VirtualService service) {
        Set<Boolean> noted = new HashSet<>();
        List<String> callers = callers(mesh, service);
        return Target.of(service).stream()
                .flatMap(target -> lost(given, target, callers).stream()
                        // What nobody can tell is said once for an object.
                        .filter(lost -> lost.telling() || noted.add(lost.telling()))
                        .map(lost -> lost.weighed(Rule.ROUTE_TO_UNKNOWN_HOST.at(
                                target.source().at("/host"),
                                "%s, so the proxy answers 503 with flag NC".formatted(lost.why())))));
    }

    private static Optional<Given.Lost> lost(Given given, Target target, List<String> callers) {
        return callers.stream()
                .flatMap(caller -> given.lost(target, caller).stream())
                .findFirst();
    }

    /** The namespaces of the proxies that take its routes, as far as the object says: sidecars', then gateways'. */
    private static List<String> callers(Mesh mesh, VirtualService service) {
        Set<String> callers = new TreeSet<>();
        Export export = service.export();
        if (service.isOnMesh() || service.isDelegate()) {
            callers.addAll(export.isPublic() ? Set.of(service.manifest().home()) : export.named());
        }
        service.gateways().stream()
                .flatMap(name -> mesh.gateways().find(name).stream())
                .forEach(gateway -> callers.addAll(UsualGateway.namespaces(mesh, gateway)));
        return callers.isEmpty() ? List.of(service.manifest().home()) : List.copyOf(callers);
    }
}
