package io.meshwright.check.rule.firewall;

import io.meshwright.check.Finding;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.WrittenProbe;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.firewall.NetworkPeer;
import io.meshwright.mesh.firewall.NetworkPolicy;
import io.meshwright.mesh.firewall.NetworkPolicy.Direction;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Proxy;
import java.util.List;
import java.util.stream.Stream;

/**
 * The kubelet's probes of a pod in ambient mode come from an address of istio-cni's, by which ztunnel knows them, and
 * not from the node's, which most networks let in whatever policies say.
 */
final class ProbesLetIn {
    private static final List<String> PROBING = List.of("169.254.7.127", "fd16:9254:7127:1337:ffff:ffff:ffff:ffff");
    // Its own kinds of policies admit more, and are not read.
    private static final List<String> OTHER_FIREWALLS =
            List.of("cilium.io", "crd.projectcalico.org", "projectcalico.org");

    private ProbesLetIn() {}

    static Stream<Finding> findings(Mesh mesh, Pod pod) {
        List<NetworkPolicy> policies = pod.proxy().type() == Proxy.Type.ZTUNNEL
                ? mesh.networkPolicies().of(pod, Direction.INGRESS)
                : List.of();
        return policies.isEmpty() || hasOtherFirewalls(mesh)
                ? Stream.empty()
                : WrittenProbe.of(pod, "httpGet", "tcpSocket", "grpc")
                        .filter(probe -> PROBING.stream().allMatch(address -> isKeptOut(mesh, pod, address, probe)))
                        .limit(1)
                        .map(probe -> FirewallLetsMeshWork.FIREWALL_STOPS_MESH
                                .at(
                                        Source.of(policies.get(0).manifest()),
                                        ("no rule lets the kubelet's probes in to port %d of %s, which in ambient mode"
                                                        + " come from 169.254.7.127: where the network has no"
                                                        + " exception for its nodes, the pod never becomes ready")
                                                .formatted(probe.port(), pod))
                                .remedy("Let in ipBlock 169.254.7.127/32, and with IPv6"
                                        + " fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128.")
                                .as(Severity.WARNING));
    }

    private static boolean isKeptOut(Mesh mesh, Pod pod, String address, WrittenProbe probe) {
        return mesh.networkPolicies()
                .ingress(NetworkPeer.at(address), pod, probe.port(), "TCP")
                .admitted()
                .isNo();
    }

    private static boolean hasOtherFirewalls(Mesh mesh) {
        return mesh.manifests().kinds().stream()
                .anyMatch(kind ->
                        OTHER_FIREWALLS.contains(kind.group()) && kind.name().endsWith("Policy"));
    }
}
