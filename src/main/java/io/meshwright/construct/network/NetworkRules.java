package io.meshwright.construct.network;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.meshwright.value.KubernetesNames;
import io.meshwright.value.Port;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Rules of NetworkPolicies over parties and addresses. Ports are always those of pods, where policies are enforced; no
 * ports mean every port.
 */
public final class NetworkRules {
    /**
     * Ports of the API server, as clients see it behind its Service and as its own process listens: network plugins
     * differ in which they check.
     */
    public static final List<Port> API_SERVER = List.of(Port.of(443), Port.of(6443));

    private static final String TCP = "TCP";
    private static final String UDP = "UDP";

    private NetworkRules() {}

    /** From any of the clients to these ports. */
    public static NetworkPolicyIngressRule from(Collection<Party> clients, Collection<TargetPort> ports) {
        return new NetworkPolicyIngressRuleBuilder()
                .withFrom(clients.stream().map(NetworkRules::pods).toList())
                .withPorts(tcp(ports))
                .build();
    }

    /** From every pod of the cluster to these ports. */
    public static NetworkPolicyIngressRule fromEveryPod(Collection<TargetPort> ports) {
        return new NetworkPolicyIngressRuleBuilder()
                .withFrom(everyPod())
                .withPorts(tcp(ports))
                .build();
    }

    /** From anywhere to any port. */
    public static NetworkPolicyIngressRule fromAnywhere() {
        return new NetworkPolicyIngressRuleBuilder().build();
    }

    /** To the ports on which the server is called. */
    public static NetworkPolicyEgressRule to(Party server) {
        return to(server, server.ports());
    }

    public static NetworkPolicyEgressRule to(Party server, Collection<TargetPort> ports) {
        return out(List.of(pods(server)), tcp(ports));
    }

    /** To the cluster's DNS, by UDP and, for long answers, by TCP. */
    public static NetworkPolicyEgressRule toDns() {
        return toDns(ClusterParties.dns());
    }

    /** To a DNS, by UDP and, for long answers, by TCP. */
    public static NetworkPolicyEgressRule toDns(Party dns) {
        return out(
                List.of(pods(dns)),
                dns.ports().stream()
                        .flatMap(port -> Stream.of(port(UDP, port.number()), port(TCP, port.number())))
                        .toList());
    }

    /** To any port of every pod of the cluster. */
    public static NetworkPolicyEgressRule toEveryPod() {
        return out(List.of(everyPod()), List.of());
    }

    /** To blocks of addresses, because a NetworkPolicy knows no host names. */
    public static NetworkPolicyEgressRule toBlocks(Collection<AddressBlock> blocks, Collection<Port> ports) {
        return out(
                blocks.stream().map(NetworkRules::block).toList(),
                ports.stream().map(port -> port(TCP, port)).toList());
    }

    /** To every address, inside and outside the cluster. */
    public static NetworkPolicyEgressRule toAnywhere(Collection<Port> ports) {
        return toBlocks(List.of(AddressBlock.ANYWHERE), ports);
    }

    /** Pods with these labels; every pod if there are none. */
    static LabelSelector selector(Map<String, String> labels) {
        return new LabelSelector(null, labels.isEmpty() ? null : new TreeMap<>(labels));
    }

    private static NetworkPolicyEgressRule out(List<NetworkPolicyPeer> peers, List<NetworkPolicyPort> ports) {
        return new NetworkPolicyEgressRuleBuilder()
                .withTo(peers)
                .withPorts(ports)
                .build();
    }

    // Both selectors in one peer mean "these pods in that namespace"; in two peers they would mean "or".
    private static NetworkPolicyPeer pods(Party party) {
        return new NetworkPolicyPeerBuilder()
                .withNamespaceSelector(selector(Map.of(
                        KubernetesNames.NAMESPACE_LABEL, party.namespace().value())))
                .withPodSelector(selector(party.podLabels()))
                .build();
    }

    private static NetworkPolicyPeer everyPod() {
        return new NetworkPolicyPeerBuilder()
                .withNamespaceSelector(selector(Map.of()))
                .build();
    }

    private static NetworkPolicyPeer block(AddressBlock block) {
        return new NetworkPolicyPeerBuilder()
                .withIpBlock(new IPBlock(
                        block.cidr().toString(),
                        block.except().stream().map(Object::toString).toList()))
                .build();
    }

    private static List<NetworkPolicyPort> tcp(Collection<TargetPort> ports) {
        return ports.stream().map(port -> port(TCP, port.number())).toList();
    }

    private static NetworkPolicyPort port(String protocol, Port number) {
        return new NetworkPolicyPort(null, new IntOrString(number.value()), protocol);
    }
}
