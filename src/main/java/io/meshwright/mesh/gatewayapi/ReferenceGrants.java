package io.meshwright.mesh.gatewayapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.istio.IstioNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ReferenceGrants, which let routes of the Gateway API send requests to services of other namespaces, and listeners
 * show certificates of theirs.
 */
public final class ReferenceGrants {
    private static final String SERVICE = "Service";
    private static final String SECRET = "Secret";

    private final List<Manifest> grants;
    private final IstioVersion version;

    public ReferenceGrants(Manifests manifests, IstioVersion version) {
        this.grants = manifests.kind(Kind.REFERENCE_GRANT);
        this.version = version;
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

    /**
     * The certificate for which a listener of a Gateway or ListenerSet is not opened: it ends TLS, and all of its
     * certificates lie in namespaces that do not grant them (conversion.go buildTLS).
     */
    public Optional<Source> refused(Source listener) {
        JsonNode tls = listener.value().path("tls");
        boolean ends = tls.path("mode").asText("Terminate").equals("Terminate")
                && !tls.path("options")
                        .path(IstioNames.TLS_TERMINATE_MODE)
                        .asText("")
                        .startsWith("ISTIO_");
        List<Source> certificates = new ArrayList<>();
        for (int index = 0; ends && index < tls.path("certificateRefs").size(); index++) {
            certificates.add(listener.at("/tls").item("certificateRefs", index));
        }
        List<Source> refused =
                certificates.stream().filter(each -> !admitSecret(each)).toList();
        return refused.size() == certificates.size() ? refused.stream().findFirst() : Optional.empty();
    }

    private boolean admitSecret(Source certificate) {
        Manifest gateway = certificate.manifest();
        String namespace = Fields.text(certificate.value().path("namespace")).orElse(gateway.home());
        return namespace.equals(gateway.home())
                || grants.stream()
                        .filter(grant -> grant.home().equals(namespace))
                        .anyMatch(grant -> grants(grant, gateway, certificate.value(), SECRET));
    }

    private boolean grants(Manifest grant, Manifest route, JsonNode backend) {
        return grants(grant, route, backend, SERVICE);
    }

    private boolean grants(Manifest grant, Manifest route, JsonNode backend, String usual) {
        boolean from = Fields.items(grant.at("/spec/from")).stream()
                .anyMatch(source -> source.path("group")
                                .asText("")
                                .equals(route.kind().group())
                        && source.path("kind").asText("").equals(route.kind().name())
                        && source.path("namespace").asText("").equals(route.home()));
        List<JsonNode> targets = Fields.items(grant.at("/spec/to")).stream()
                .filter(target -> target.path("group")
                                .asText("")
                                .equals(backend.path("group").asText(""))
                        && target.path("kind")
                                .asText("")
                                .equals(backend.path("kind").asText(usual)))
                .toList();
        // Releases that keep one for each kind keep the last (ReferenceGrant.ResourceName).
        return from
                && targets.stream()
                        .skip(version.keepsLastGrant() && !targets.isEmpty() ? targets.size() - 1 : 0)
                        .anyMatch(target -> Fields.text(target.path("name"))
                                .map(backend.path("name").asText("")::equals)
                                .orElse(true));
    }
}
