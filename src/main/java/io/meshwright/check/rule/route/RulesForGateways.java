package io.meshwright.check.rule.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Finding;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rules of a VirtualService for sidecars and gateways that say in each match that gateways alone are meant, as on
 * the way out of the mesh.
 */
final class RulesForGateways {
    private RulesForGateways() {}

    static Stream<Finding> findings(Mesh mesh, VirtualService service) {
        return RoutesSuitServers.SORTS.stream()
                .flatMap(sort -> IntStream.range(
                                0, service.at("/spec").path(sort).size())
                        .mapToObj(index -> Source.of(service.manifest()).item("spec/".concat(sort), index))
                        .flatMap(rule -> finding(mesh, service, sort, rule).stream()));
    }

    private static Optional<Finding> finding(Mesh mesh, VirtualService service, String sort, Source rule) {
        List<JsonNode> matches = Fields.items(rule.value().path("match"));
        List<String> meant = matches.stream()
                .flatMap(match -> Fields.texts(match.path("gateways")).stream())
                .map(name -> VirtualService.gateway(name, service.manifest().home()))
                .toList();
        boolean alone =
                matches.stream().noneMatch(match -> match.path("gateways").isEmpty())
                        && meant.stream()
                                .allMatch(reference -> !reference.equals(VirtualService.MESH)
                                        && mesh.gateways().find(reference).isPresent());
        return meant.isEmpty() || !alone
                ? Optional.empty()
                : RoutesSuitServers.finding(RoutesSuitServers.servers(mesh, service, meant), sort, rule);
    }
}
