package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A network of the mesh is made of the endpoints of clusters that istiod can read. */
public final class NetworksKnown implements Check {
    private static final String POINTER = "/data/meshNetworks";

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Set<String> remote = new TreeSet<>();
        mesh.manifests().kind(Kind.SECRET).stream()
                .filter(secret -> "true".equals(secret.labels().get("istio/multiCluster")))
                .forEach(secret -> Stream.of("/data", "/stringData")
                        .forEach(list -> secret.at(list).fieldNames().forEachRemaining(remote::add)));
        return mesh.manifests().kind(Kind.CONFIG_MAP).stream()
                .filter(map -> map.at(POINTER).isTextual())
                .flatMap(map -> registries(map)
                        .filter(name -> !name.equals("Kubernetes") && !remote.contains(name))
                        .distinct()
                        .map(name -> Given.weighed(
                                Rule.NETWORK_OF_UNKNOWN_CLUSTER.at(
                                        Source.of(map).at(POINTER),
                                        "no Secret gives istiod access to a cluster \"%s\"".formatted(name)),
                                !remote.isEmpty())));
    }

    private static Stream<String> registries(Manifest map) {
        return ManifestReader.value(map.at(POINTER).asText()).stream()
                .flatMap(networks -> Fields.entries(networks.path("networks")).stream())
                .flatMap(network -> Fields.items(network.getValue().path("endpoints")).stream())
                .flatMap(endpoint -> Fields.text(endpoint.path("fromRegistry")).stream());
    }
}
