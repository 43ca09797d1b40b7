package io.meshwright.trace.stage;

import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.mesh.workload.Service;
import io.meshwright.trace.stage.NetworkStage.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The places to which endpoints of a ServiceEntry lead that DNS resolves: Services that they name, or out of the
 * cluster, each with its number of endpoints.
 */
record EndpointWays(Service entry, Map<Optional<NamedEndpoint>, Integer> counted) {
    static EndpointWays of(Mesh mesh, Connection connection, Selector labels) {
        Service.Reach reach = connection.service().reach();
        boolean proxied = connection.client().proxy().isSidecar()
                || connection.client().proxy().isGateway();
        boolean resolved = !connection.service().isKubernetes()
                && proxied
                && reach.resolution().startsWith("DNS");
        Map<Optional<NamedEndpoint>, Integer> counted = new LinkedHashMap<>();
        Stream.of(resolved)
                .filter(any -> any)
                .flatMap(any -> reach.endpoints().stream())
                .filter(endpoint -> endpoint.isSelectedBy(labels))
                .forEach(endpoint -> counted.merge(NamedEndpoint.of(mesh, connection, endpoint), 1, Integer::sum));
        return new EndpointWays(connection.service(), counted);
    }

    /** True if one of them leads to a Service among the manifests. */
    boolean leadInside() {
        return counted.keySet().stream().anyMatch(Optional::isPresent);
    }

    List<Optional<NamedEndpoint>> all() {
        return List.copyOf(counted.keySet());
    }

    /** The part of all calls that go one way. */
    double part(Optional<NamedEndpoint> way) {
        return counted.getOrDefault(way, 0)
                / (double) counted.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * True if each endpoint is one address that is asked as often as any other: neither a name of several addresses nor
     * a weight or place decides.
     */
    boolean isEven() {
        return counted.keySet().stream()
                        .allMatch(way -> way.filter(named -> named.service().type() != Service.Type.HEADLESS)
                                .isPresent())
                && Fields.items(entry.source().manifest().at("/spec/endpoints")).stream()
                        .noneMatch(endpoint ->
                                Stream.of("weight", "locality", "network").anyMatch(endpoint::has));
    }

    static String label(Optional<NamedEndpoint> way) {
        return way.map(named -> "%s port %d".formatted(named.service(), named.number()))
                .orElse("a host outside");
    }
}
