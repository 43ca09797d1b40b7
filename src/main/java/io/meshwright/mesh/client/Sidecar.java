package io.meshwright.mesh.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A Sidecar object: which hosts the proxies that it means know. */
public record Sidecar(Manifest manifest, Optional<Selector> workloads) {
    private static final String ALL = "*";
    private static final String OWN = ".";

    static Sidecar of(Manifest manifest) {
        Selector selector = Selector.labels(manifest.at("/spec/workloadSelector/labels"));
        return new Sidecar(manifest, selector.isEmpty() ? Optional.empty() : Optional.of(selector));
    }

    /** True if proxies of that namespace under this Sidecar know a service on a port; without egress they know all. */
    boolean imports(String proxyNamespace, Service service, int port) {
        return imports(proxyNamespace, service.namespace(), port, entry -> HostName.within(service.host(), entry));
    }

    /**
     * True if they heed a VirtualService of that namespace and those hosts for calls to a port: here a narrower host is
     * enough (hostClassification, VSMatches).
     */
    boolean importsRoutes(String proxyNamespace, String namespace, List<String> hosts, int port) {
        return imports(
                proxyNamespace,
                namespace,
                port,
                entry -> hosts.stream().anyMatch(host -> HostName.overlap(host, entry)));
    }

    private boolean imports(String proxyNamespace, String namespace, int port, Predicate<String> host) {
        JsonNode egress = manifest.at("/spec/egress");
        return egress.isEmpty()
                || Fields.items(egress).stream()
                        .filter(listener -> Fields.number(listener.at("/port/number"))
                                .map(number -> number == port)
                                .orElse(true))
                        .flatMap(listener -> Fields.texts(listener.path("hosts")).stream())
                        .anyMatch(entry -> means(entry, proxyNamespace, namespace, host));
    }

    private static boolean means(String entry, String proxyNamespace, String hostNamespace, Predicate<String> host) {
        int slash = entry.indexOf('/');
        String namespace = slash < 0 ? "" : entry.substring(0, slash);
        // Under the root namespace's Sidecar the dot means the namespace of each proxy.
        boolean here = namespace.equals(ALL)
                || namespace.equals(hostNamespace)
                || namespace.equals(OWN) && hostNamespace.equals(proxyNamespace);
        return here && host.test(entry.substring(slash + 1));
    }

    /**
     * Replaces the mesh's setting as a whole; a block without a mode means its first value, REGISTRY_ONLY
     * (convertToSidecarScope).
     */
    Optional<MeshConfig.Outbound> outbound() {
        JsonNode policy = manifest.at("/spec/outboundTrafficPolicy");
        if (!policy.isObject()) {
            return Optional.empty();
        }
        boolean any = policy.path("mode").asText("").equals(MeshConfig.Outbound.ALLOW_ANY.name());
        return Optional.of(any ? MeshConfig.Outbound.ALLOW_ANY : MeshConfig.Outbound.REGISTRY_ONLY);
    }
}
