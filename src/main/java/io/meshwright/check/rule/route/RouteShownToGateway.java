package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.UsualGateway;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A gateway's pods see only routes that are exported to their own namespace, whatever namespace the Gateway is in. */
@AutoService(Inspection.class)
public final class RouteShownToGateway implements Check {
    public static final Rule ROUTE_HIDDEN_FROM_GATEWAY = Rule.error("MESH145", "route_hidden_from_gateway")
            .title("A route is not exported to the namespace of its gateway's pods")
            .consequence("The gateway answers 404.")
            .remedy("Add the namespace of the gateway's pods to exportTo.");

    @Override
    public List<Rule> rules() {
        return List.of(ROUTE_HIDDEN_FROM_GATEWAY);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .filter(service -> !service.export().isPublic() && !service.isDelegate())
                .flatMap(service -> IntStream.range(0, service.gateways().size())
                        .boxed()
                        .flatMap(index -> finding(
                                mesh,
                                service,
                                mesh.gateways().versions(service.gateways().get(index))))
                        .limit(1));
    }

    /** {@code versions} are those of one Gateway, of which any may be the one that is applied. */
    private static Stream<Finding> finding(Mesh mesh, VirtualService service, List<Gateway> versions) {
        Set<String> homes = versions.stream()
                .flatMap(gateway -> UsualGateway.namespaces(mesh, gateway).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        boolean hidden = !homes.isEmpty() && homes.stream().noneMatch(service.export()::reaches);
        boolean written = service.manifest().at("/spec").has("exportTo");
        return !hidden
                ? Stream.empty()
                : Stream.of(Completeness.weighed(
                        ROUTE_HIDDEN_FROM_GATEWAY.at(
                                written
                                        ? Source.of(service.manifest()).at("/spec/exportTo")
                                        : Source.of(service.manifest()),
                                "it is exported to %s, and the pods of %s are in \"%s\": the gateway answers 404"
                                        .formatted(
                                                service.export().named(),
                                                versions.get(0).manifest(),
                                                String.join("\", \"", homes))),
                        isGiven(mesh, service)));
    }

    /** Pods of the gateway may run in a namespace that the route is exported to and of which no pod is given. */
    private static boolean isGiven(Mesh mesh, VirtualService service) {
        Completeness completeness = new Completeness(mesh);
        return service.manifest().texts("/spec/exportTo").stream()
                .filter(name -> name.length() > 1)
                .allMatch(completeness::pods);
    }
}
