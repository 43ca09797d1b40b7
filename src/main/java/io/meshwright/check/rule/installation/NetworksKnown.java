package io.meshwright.check.rule.installation;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A network of the mesh is made of the endpoints of clusters that istiod can read. */
@AutoService(Inspection.class)
public final class NetworksKnown implements Check {
    public static final Rule NETWORK_OF_UNKNOWN_CLUSTER = Rule.error("MESH304", "network_of_unknown_cluster")
            .title("A network is made of a cluster that istiod does not know")
            .twins("IST0126")
            .consequence(
                    "Endpoints of that cluster belong to no network, so other networks reach them directly or not at all.")
            .remedy(
                    "Name a cluster for which a Secret with label istio/multiCluster exists, or Kubernetes for its own.");

    private static final String POINTER = "/data/meshNetworks";

    @Override
    public List<Rule> rules() {
        return List.of(NETWORK_OF_UNKNOWN_CLUSTER);
    }

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
                        .map(name -> Completeness.weighed(
                                NETWORK_OF_UNKNOWN_CLUSTER.at(
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
