package io.meshwright.construct.security;

import io.meshwright.value.Cidr;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import java.util.List;
import org.cdk8s.plus34.k8s.IpBlock;
import org.cdk8s.plus34.k8s.NetworkPolicyEgressRule;
import software.constructs.Construct;

/**
 * Opens guarded namespaces for calls to external services, by port and address. Where they leave through the egress
 * gateway, callers reach nothing but its pods, and these alone the addresses.
 */
final class EgressFlows {
    // What "the internet" leaves out: private, shared and link-local space, the last with the cloud's metadata service
    // (RFC 1918, 6598, 3927). IPv4 only, because not every network plugin takes IPv6 blocks.
    private static final IpBlock PUBLIC = PodTraffic.block(
            Cidr.of("0.0.0.0/0"),
            Cidr.of("10.0.0.0/8"),
            Cidr.of("100.64.0.0/10"),
            Cidr.of("169.254.0.0/16"),
            Cidr.of("172.16.0.0/12"),
            Cidr.of("192.168.0.0/16"));

    private final PodTraffic traffic;
    private final List<NamespaceGuard> guards;

    EgressFlows(Construct scope, List<NamespaceGuard> guards) {
        this.traffic = new PodTraffic(scope);
        this.guards = guards;
    }

    void release(External external) {
        external.direct().forEach(client -> out(external, client, outside(external)));
        external.gateway().map(EgressGateway::pods).ifPresent(gateway -> {
            List<TargetPort> listeners = EgressGateway.listeners(external.wirePorts());
            external.through().forEach(client -> out(external, client, PodTraffic.to(gateway, listeners)));
            if (isGuarded(gateway)) {
                traffic.in(
                        "%s-callers".formatted(external.name()),
                        "%s-callers".formatted(external.name()),
                        gateway,
                        List.of(PodTraffic.from(external.through(), listeners)));
            }
            out(external, gateway, outside(external));
        });
    }

    private void out(External external, Party client, NetworkPolicyEgressRule way) {
        if (isGuarded(client)) {
            traffic.out(
                    "%s-%s-%s".formatted(external.name(), client.namespace(), client.name()),
                    "%s-to-%s".formatted(client.name(), external.name()),
                    client,
                    List.of(way));
        }
    }

    private boolean isGuarded(Party party) {
        return guards.stream().anyMatch(guard -> guard.guards(party));
    }

    private static NetworkPolicyEgressRule outside(External external) {
        List<IpBlock> blocks = external.service().networks().isEmpty()
                ? List.of(PUBLIC)
                : external.service().networks().stream().map(PodTraffic::block).toList();
        return PodTraffic.toBlocks(blocks, external.wirePorts());
    }
}
