package io.meshwright.mesh.client;

import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.ProxyConfigs;
import io.meshwright.mesh.workload.Service;

/** Addresses that istiod allocates to ServiceEntries, which only proxies know that answer DNS themselves. */
public final class DnsCapture {
    private DnsCapture() {}

    /**
     * Tells whether a pod's proxy knows an allocated address of an entry that has none itself
     * (nodeUsesAutoallocatedIPs).
     */
    public static boolean allocates(
            Pod pod, Service entry, ProxyConfigs proxies, MeshConfig mesh, IstioVersion version) {
        boolean eligible = !HostName.isWildcard(entry.host()) && entry.takesAllocatedAddress();
        return eligible
                && proxies.variable(pod, MeshConfig.CAPTURES_DNS).orElse(mesh.capturesDns())
                && (version.allocatesAddresses()
                        || proxies.variable(pod, MeshConfig.ALLOCATES_ADDRESSES).orElse(mesh.allocatesByProxy()));
    }

    /** Tells whether proxies do so of which nothing is said in particular. */
    public static boolean isUsual(ProxyConfigs proxies, MeshConfig mesh, IstioVersion version) {
        return proxies.everywhere(MeshConfig.CAPTURES_DNS).orElse(mesh.capturesDns())
                && (version.allocatesAddresses()
                        || proxies.everywhere(MeshConfig.ALLOCATES_ADDRESSES).orElse(mesh.allocatesByProxy()));
    }
}
