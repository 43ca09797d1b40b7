package io.meshwright.mesh.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.Optional;

/** Addresses that istiod allocates to ServiceEntries, which only proxies know that answer DNS themselves. */
public final class DnsCapture {
    private DnsCapture() {}

    /**
     * Tells whether a pod's proxy knows an allocated address of an entry that has none itself
     * (nodeUsesAutoallocatedIPs).
     */
    public static boolean allocates(Pod pod, Service entry, MeshConfig mesh, IstioVersion version) {
        boolean eligible = !HostName.isWildcard(entry.host()) && entry.takesAllocatedAddress();
        return eligible
                && metadata(pod, "ISTIO_META_DNS_CAPTURE").orElse(mesh.capturesDns())
                && (version.allocatesAddresses()
                        || metadata(pod, "ISTIO_META_DNS_AUTO_ALLOCATE").orElse(mesh.allocatesByProxy()));
    }

    private static Optional<Boolean> metadata(Pod pod, String name) {
        return Optional.ofNullable(pod.annotations().get(IstioAnnotations.PROXY_CONFIG))
                .flatMap(ManifestReader::value)
                .map(config -> config.at("/proxyMetadata").path(name))
                .filter(JsonNode::isValueNode)
                .map(value -> value.asBoolean(false));
    }
}
