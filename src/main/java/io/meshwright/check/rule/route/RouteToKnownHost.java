package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.UsualGateway;
import io.meshwright.check.evidence.WrittenDestination;
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
@AutoService(Inspection.class)
public final class RouteToKnownHost implements Check {
    public static final Rule ROUTE_TO_UNKNOWN_HOST = Rule.error("MESH122", "route_to_unknown_host")
            .restingOnAbsence()
            .title("A route leads to a host that does not exist")
            .twins("IST0101", "KIA1101", "KIA1402")
            .consequence("The proxy has no cluster for it and answers 503 with flag NC.")
            .remedy(
                    "Write the full name of a Service, add a ServiceEntry, or declare the host in an Externals object.");

    @Override
    public List<Rule> rules() {
        return List.of(ROUTE_TO_UNKNOWN_HOST);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        return mesh.virtualServices().all().stream().flatMap(service -> findings(mesh, completeness, service));
    }

    private static Stream<Finding> findings(Mesh mesh, Completeness completeness, VirtualService service) {
        Set<Boolean> noted = new HashSet<>();
        List<String> callers = callers(mesh, service);
        return WrittenDestination.of(service).stream()
                .flatMap(target -> lost(completeness, target, callers).stream()
                        // What nobody can tell is said once for an object.
                        .filter(lost -> lost.telling() || noted.add(lost.telling()))
                        .map(lost -> target.weighed(lost.weighed(ROUTE_TO_UNKNOWN_HOST.at(
                                target.source().at("/host"),
                                "%s, %s".formatted(lost.why(), target.withoutCluster()))))));
    }

    private static Optional<Completeness.MissingHost> lost(
            Completeness completeness, WrittenDestination target, List<String> callers) {
        return callers.stream()
                .flatMap(caller -> completeness.lost(target, caller).stream())
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
