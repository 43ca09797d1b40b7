package io.meshwright.construct.security;

import io.meshwright.value.Cidr;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cdk8s.ApiObject;
import org.cdk8s.plus34.k8s.IntOrString;
import org.cdk8s.plus34.k8s.IpBlock;
import org.cdk8s.plus34.k8s.KubeNetworkPolicy;
import org.cdk8s.plus34.k8s.LabelSelector;
import org.cdk8s.plus34.k8s.NetworkPolicyEgressRule;
import org.cdk8s.plus34.k8s.NetworkPolicyIngressRule;
import org.cdk8s.plus34.k8s.NetworkPolicyPeer;
import org.cdk8s.plus34.k8s.NetworkPolicyPort;
import org.cdk8s.plus34.k8s.NetworkPolicySpec;
import org.cdk8s.plus34.k8s.ObjectMeta;
import software.constructs.Construct;

/**
 * Says in NetworkPolicies what parties and ports say; ports are always those of pods, where the policies are enforced.
 */
final class PodTraffic {
    private static final String INGRESS = "Ingress";
    private static final String EGRESS = "Egress";

    private final Construct scope;

    PodTraffic(Construct scope) {
        this.scope = scope;
    }

    ApiObject denyAll(String id, String name, Name namespace) {
        return policy(id, name, namespace, spec(Map.of()).policyTypes(List.of(INGRESS, EGRESS)));
    }

    ApiObject in(String id, String name, Party pods, List<NetworkPolicyIngressRule> rules) {
        return policy(
                id,
                name,
                pods.namespace(),
                spec(pods.podLabels()).policyTypes(List.of(INGRESS)).ingress(rules));
    }

    ApiObject out(String id, String name, Party pods, List<NetworkPolicyEgressRule> rules) {
        return policy(
                id,
                name,
                pods.namespace(),
                spec(pods.podLabels()).policyTypes(List.of(EGRESS)).egress(rules));
    }

    static NetworkPolicyIngressRule from(Collection<Party> clients, Collection<TargetPort> ports) {
        return NetworkPolicyIngressRule.builder()
                .from(clients.stream().map(PodTraffic::peer).toList())
                .ports(tcp(ports))
                .build();
    }

    /** From anywhere to any port. */
    static NetworkPolicyIngressRule fromAnywhere() {
        return NetworkPolicyIngressRule.builder().build();
    }

    static NetworkPolicyEgressRule to(Party server) {
        return to(server, server.ports());
    }

    static NetworkPolicyEgressRule to(Party server, Collection<TargetPort> ports) {
        return rule(server, tcp(ports));
    }

    static NetworkPolicyEgressRule toWithUdp(Party server) {
        return rule(
                server,
                server.ports().stream()
                        .flatMap(port -> Stream.of(port("UDP", port.number()), port("TCP", port.number())))
                        .toList());
    }

    /** To blocks of addresses, because a NetworkPolicy knows no host names. */
    static NetworkPolicyEgressRule toBlocks(Collection<IpBlock> blocks, Collection<Port> ports) {
        return NetworkPolicyEgressRule.builder()
                .to(blocks.stream()
                        .map(block -> NetworkPolicyPeer.builder().ipBlock(block).build())
                        .toList())
                .ports(ports.stream().map(port -> port("TCP", port)).toList())
                .build();
    }

    static IpBlock block(Cidr cidr, Cidr... except) {
        IpBlock.Builder block = IpBlock.builder().cidr(cidr.toString());
        return except.length == 0
                ? block.build()
                : block.except(List.of(except).stream().map(Cidr::toString).toList())
                        .build();
    }

    private static NetworkPolicyEgressRule rule(Party server, List<NetworkPolicyPort> ports) {
        return NetworkPolicyEgressRule.builder()
                .to(List.of(peer(server)))
                .ports(ports)
                .build();
    }

    // Both selectors in one peer mean "these pods in that namespace"; in two peers they would mean "or".
    private static NetworkPolicyPeer peer(Party party) {
        return NetworkPolicyPeer.builder()
                .namespaceSelector(selector(
                        Map.of(ControlPlane.NAMESPACE_LABEL, party.namespace().toString())))
                .podSelector(selector(party.podLabels()))
                .build();
    }

    private static LabelSelector selector(Map<String, String> labels) {
        return labels.isEmpty()
                ? LabelSelector.builder().build()
                : LabelSelector.builder().matchLabels(labels).build();
    }

    private static List<NetworkPolicyPort> tcp(Collection<TargetPort> ports) {
        return ports.stream().map(port -> port("TCP", port.number())).toList();
    }

    private static NetworkPolicyPort port(String protocol, Port number) {
        return NetworkPolicyPort.builder()
                .protocol(protocol)
                .port(IntOrString.fromNumber(number.value()))
                .build();
    }

    private static NetworkPolicySpec.Builder spec(Map<String, String> labels) {
        return NetworkPolicySpec.builder().podSelector(selector(labels));
    }

    private ApiObject policy(String id, String name, Name namespace, NetworkPolicySpec.Builder spec) {
        return KubeNetworkPolicy.Builder.create(scope, id)
                .metadata(metadata(name, namespace))
                .spec(spec.build())
                .build();
    }

    private static ObjectMeta metadata(String name, Name namespace) {
        return ObjectMeta.builder().name(name).namespace(namespace.toString()).build();
    }
}
