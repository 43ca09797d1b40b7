package io.meshwright.mesh.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The BackendTLSPolicies, by which gateways, waypoints and sidecars begin TLS to a service of the policy's namespace:
 * istiod makes a DestinationRule of each, which acts on every caller
 * (pilot/pkg/config/kube/gateway/backend_policies.go).
 */
public final class BackendTlsPolicies {
    private final List<Manifest> policies;

    private final boolean forEntries;

    public BackendTlsPolicies(Manifests manifests, IstioVersion version) {
        this.forEntries = version.beginsTlsForEntries();
        this.policies = manifests.kind(Kind.BACKEND_TLS_POLICY).stream()
                .filter(policy -> !version.passesOverPolicies()
                        || !"true"
                                .equalsIgnoreCase(policy.annotations().get(IstioAnnotations.IGNORE_POLICY_ATTACHMENT)))
                .toList();
    }

    /** Returns what demands TLS of callers for a port; the port's name may be left out for all of them. */
    public Optional<Source> of(Service service, ServicePort port) {
        return policies.stream()
                .filter(policy -> service.isKubernetes() || forEntries)
                .filter(policy -> policy.home().equals(service.namespace()))
                .flatMap(policy -> targets(policy))
                .filter(target -> means(target.value(), service, port))
                .findFirst();
    }

    private static Stream<Source> targets(Manifest policy) {
        return Stream.iterate(0, index -> index + 1)
                .limit(policy.at("/spec/targetRefs").size())
                .map(index -> Source.of(policy).item("spec/targetRefs", index));
    }

    private static boolean means(JsonNode target, Service service, ServicePort port) {
        String kind = service.isKubernetes() ? "Service" : "ServiceEntry";
        String section = target.path("sectionName").asText("");
        return target.path("kind").asText("").equals(kind)
                && target.path("name").asText("").equals(service.name())
                && (section.isEmpty() || section.equals(port.name()));
    }
}
