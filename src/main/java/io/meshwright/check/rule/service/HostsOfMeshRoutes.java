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
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
                .filter(HostsOfMeshRoutes::isOfServices)
                .flatMap(route -> finding(mesh, route).stream());
    }

    /** The names of a parent itself, in whatever length, change nothing either way. */
    private static Optional<Finding> finding(Mesh mesh, Manifest route) {
        Set<String> own = Fields.items(route.at("/spec/parentRefs")).stream()
                .map(parent -> HostName.ofService(
                        parent.path("name").asText(""),
                        parent.path("namespace").asText(route.home()),
                        mesh.config().domain()))
                .collect(Collectors.toSet());
        List<String> others = route.texts("/spec/hostnames").stream()
                .filter(host -> !own.contains(mesh.services().host(host, route.home())))
                .toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(HOST_OF_MESH_ROUTE.at(
                        Source.of(route).at("/spec/hostnames"),
                        "all its parents are Services, so %s count for nothing".formatted(String.join(", ", others))));
    }

    private static boolean isOfServices(Manifest route) {
        var parents = Fields.items(route.at("/spec/parentRefs"));
        return !parents.isEmpty()
                && parents.stream()
                        .allMatch(
                                parent -> SERVICES.contains(parent.path("kind").asText("Gateway")));
    }
}
