package io.meshwright.mesh.gateway;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Gateway object: which gateway pods it configures, and the servers that it opens on them; {@code reference} is
 * {@code namespace/name}, as a VirtualService names it, {@code services} are the hosts of the Services whose pods it is
 * for, where it does not select pods.
 */
public record Gateway(
        Manifest manifest, String reference, Selector selector, List<String> services, List<Server> servers) {
    /**
     * The annotation that istiod writes on those that it makes of a Gateway of the Gateway API (push_context.go,
     * mergeGateways).
     */
    private static final String SERVICES = IstioAnnotations.INTERNAL_GATEWAY_SERVICE;

    /** {@code manifest} is of {@link Kind#GATEWAY}. */
    static Gateway of(Manifest manifest) {
        List<Server> servers = new ArrayList<>();
        for (int index = 0; index < manifest.at("/spec/servers").size(); index++) {
            Server.of(Source.of(manifest).item("spec/servers", index)).ifPresent(servers::add);
        }
        List<String> services = Arrays.stream(
                        manifest.annotations().getOrDefault(SERVICES, "").split(","))
                .filter(host -> !host.isEmpty())
                .toList();
        return new Gateway(
                manifest,
                "%s/%s".formatted(manifest.home(), manifest.name()),
                Selector.labels(manifest.at("/spec/selector")),
                services,
                List.copyOf(servers));
    }

    /** True if one of its servers is for a host of routes of that namespace. */
    public boolean serves(String host, String namespace) {
        return servers.stream()
                .anyMatch(server -> !server.served(List.of(host), namespace).isEmpty());
    }

    /** Namespace in which it counts as being, which for one that istiod makes of an Ingress is not where that is. */
    String namespace() {
        return reference.substring(0, reference.indexOf('/'));
    }
}
