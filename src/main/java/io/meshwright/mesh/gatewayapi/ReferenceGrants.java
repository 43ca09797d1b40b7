package io.meshwright.mesh.gatewayapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.route.Destination;
import java.util.List;

/** The ReferenceGrants, which let routes of the Gateway API send requests to services of other namespaces. */
public final class ReferenceGrants {
    private static final String SERVICE = "Service";

    private final List<Manifest> grants;

    public ReferenceGrants(Manifests manifests) {
        this.grants = manifests.kind(Kind.REFERENCE_GRANT);
    }

    /**
     * True if a destination is in its route's own namespace or granted to it; those of Istio's own routes always are.
     */
    public boolean admit(Destination destination) {
        Manifest route = destination.source().manifest();
        JsonNode backend = route.at(destination.source().pointer());
        String namespace = Fields.text(backend.path("namespace")).orElse(route.home());
        return !destination.isOfGatewayApi()
                || namespace.equals(route.home())
                || grants.stream()
                        .filter(grant -> grant.home().equals(namespace))
                        .anyMatch(grant -> grants(grant, route, backend));
    }

    private static boolean grants(Manifest grant, Manifest route, JsonNode backend) {
        boolean from = Fields.items(grant.at("/spec/from")).stream()
                .anyMatch(source -> source.path("group")
                                .asText("")
                                .equals(route.kind().group())
                        && source.path("kind").asText("").equals(route.kind().name())
                        && source.path("namespace").asText("").equals(route.home()));
        return from
                && Fields.items(grant.at("/spec/to")).stream()
                        .anyMatch(target -> target.path("group")
                                        .asText("")
                                        .equals(backend.path("group").asText(""))
                                && target.path("kind")
                                        .asText("")
                                        .equals(backend.path("kind").asText(SERVICE))
                                && Fields.text(target.path("name"))
                                        .map(backend.path("name").asText("")::equals)
                                        .orElse(true));
    }
}
