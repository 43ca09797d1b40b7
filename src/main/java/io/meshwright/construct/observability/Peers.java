package io.meshwright.construct.observability;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Ends of a call, in the words of a NetworkPolicy. */
final class Peers {
    private static final String NAMESPACE = "kubernetes.io/metadata.name";

    private Peers() {}

    /** Pods with these labels, all if there are none, in one namespace. */
    static NetworkPolicyPeer pods(String namespace, Map<String, String> labels) {
        return new NetworkPolicyPeerBuilder()
                .withNamespaceSelector(selector(Map.of(NAMESPACE, namespace)))
                .withPodSelector(selector(labels))
                .build();
    }

    /** Every pod of the cluster. */
    static NetworkPolicyPeer everyPod() {
        return new NetworkPolicyPeerBuilder()
                .withNamespaceSelector(selector(Map.of()))
                .build();
    }

    /**
     * Every address, inside and outside the cluster; of IPv4, as nodes and the API server have them on these platforms.
     */
    static NetworkPolicyPeer everyAddress() {
        return new NetworkPolicyPeerBuilder()
                .withNewIpBlock()
                .withCidr("0.0.0.0/0")
                .endIpBlock()
                .build();
    }

    static NetworkPolicyIngressRule from(NetworkPolicyPeer peer, Collection<Integer> ports) {
        return new NetworkPolicyIngressRuleBuilder()
                .withFrom(peer)
                .withPorts(tcp(ports))
                .build();
    }

    static NetworkPolicyEgressRule to(NetworkPolicyPeer peer, Collection<Integer> ports) {
        return new NetworkPolicyEgressRuleBuilder()
                .withTo(peer)
                .withPorts(tcp(ports))
                .build();
    }

    static NetworkPolicyEgressRule dns() {
        return new NetworkPolicyEgressRuleBuilder()
                .withTo(pods("kube-system", Map.of("k8s-app", "kube-dns")))
                .withPorts(port("UDP", 53), port("TCP", 53))
                .build();
    }

    static LabelSelector selector(Map<String, String> labels) {
        return new LabelSelector(null, labels.isEmpty() ? null : new TreeMap<>(labels));
    }

    private static List<NetworkPolicyPort> tcp(Collection<Integer> ports) {
        return ports.stream().map(number -> port("TCP", number)).toList();
    }

    private static NetworkPolicyPort port(String protocol, int number) {
        return new NetworkPolicyPort(null, new IntOrString(number), protocol);
    }
}
