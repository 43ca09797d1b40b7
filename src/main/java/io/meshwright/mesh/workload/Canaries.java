package io.meshwright.mesh.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The Canaries of Flagger, which makes Services, workloads and a VirtualService for each while it runs
 * (docs.flagger.app, How it works; pkg/router/istio.go).
 */
public final class Canaries {
    private static final Kind CANARY = new Kind("flagger.app", "Canary");
    private static final Set<String> ROUTED = Set.of("", "istio");
    private static final List<String> ENDINGS = List.of("", "-primary", "-canary");

    private final List<Manifest> canaries;
    private final MeshConfig mesh;

    public Canaries(Manifests manifests, MeshConfig mesh) {
        this.canaries = manifests.kind(CANARY);
        this.mesh = mesh;
    }

    /** The Canary for which Flagger makes a Service of that host. */
    public Optional<Source> making(String host) {
        return canaries.stream()
                .filter(canary -> ENDINGS.stream()
                        .anyMatch(ending -> named(canary, ending).equals(host)))
                .findFirst()
                .map(Source::of);
    }

    /** The Canary whose routes sidecars have for a host: each is for the mesh, whatever gateways it names. */
    public Optional<Source> routing(String host) {
        return routed().filter(canary -> named(canary, "").equals(host))
                .findFirst()
                .map(Source::of);
    }

    /**
     * The Canary that has routes for a host at a gateway.
     *
     * @param gateway such as {@code istio-system/public}
     */
    public Optional<Source> routing(String host, String gateway) {
        return routed().filter(canary -> Fields.texts(canary.at("/spec/service/gateways")).stream()
                        .anyMatch(name -> whole(name, canary.home()).equals(gateway)))
                .filter(canary -> Fields.texts(canary.at("/spec/service/hosts")).stream()
                        .anyMatch(pattern -> HostName.within(host, pattern)))
                .findFirst()
                .map(Source::of);
    }

    private Stream<Manifest> routed() {
        return canaries.stream()
                .filter(canary -> ROUTED.contains(canary.text("/spec/provider").orElse("")));
    }

    private static String whole(String name, String namespace) {
        if (name.contains("/")) {
            return name;
        }
        String[] parts = name.split("\\.", 3);
        return parts.length == 1 ? "%s/%s".formatted(namespace, name) : "%s/%s".formatted(parts[1], parts[0]);
    }

    private String named(Manifest canary, String ending) {
        JsonNode spec = canary.at("/spec");
        String name = spec.at("/service/name").asText(spec.at("/targetRef/name").asText(""));
        return HostName.ofService(name.concat(ending), canary.home(), mesh.domain());
    }
}
