package io.meshwright.check.rule.service;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A route whose parent is a Service takes what is called by the Service's own names, whatever hostnames it lists
 * (gateway-api, HTTPRoute, hostnames; istio/istio#49973).
 */
@AutoService(Inspection.class)
public final class HostsOfMeshRoutes implements Check {
    public static final Rule HOST_OF_MESH_ROUTE = Rule.warning("MESH418", "host_of_mesh_route")
            .title("A route of a Service lists hostnames, which count for nothing there")
            .consequence("It takes calls to the Service of every host; of two such routes the older has them all.")
            .remedy("Leave hostnames out, and tell requests apart by paths, headers or methods.");

    private static final Set<String> SERVICES = Set.of("Service", "ServiceEntry");

    @Override
    public List<Rule> rules() {
        return List.of(HOST_OF_MESH_ROUTE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return Stream.of(Kind.HTTP_ROUTE, Kind.GRPC_ROUTE)
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .filter(route -> !route.texts("/spec/hostnames").isEmpty() && isOfServices(route))
                .map(route -> HOST_OF_MESH_ROUTE.at(
                        Source.of(route).at("/spec/hostnames"),
                        "all its parents are Services, so %s count for nothing"
                                .formatted(String.join(", ", route.texts("/spec/hostnames")))));
    }

    private static boolean isOfServices(Manifest route) {
        var parents = Fields.items(route.at("/spec/parentRefs"));
        return !parents.isEmpty()
                && parents.stream()
                        .allMatch(
                                parent -> SERVICES.contains(parent.path("kind").asText("Gateway")));
    }
}
