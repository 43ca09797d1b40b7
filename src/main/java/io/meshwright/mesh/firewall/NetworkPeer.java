package io.meshwright.mesh.firewall;

import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.workload.Pod;
import java.util.Optional;

/**
 * The other end of a connection as Kubernetes sees it: a pod, or an address outside the cluster that may be unknown.
 */
public record NetworkPeer(Optional<Pod> pod, Attribute address) {
    public static NetworkPeer of(Pod pod) {
        return new NetworkPeer(Optional.of(pod), Attribute.unknown());
    }

    /** An IPv4 or IPv6 address outside the cluster. */
    public static NetworkPeer at(String address) {
        return new NetworkPeer(Optional.empty(), Attribute.known(address));
    }

    /** Somewhere outside the cluster. */
    public static NetworkPeer outside() {
        return new NetworkPeer(Optional.empty(), Attribute.unknown());
    }
}
