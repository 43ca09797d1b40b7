package io.meshwright.construct.security;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.meshwright.construct.network.AddressBlock;
import io.meshwright.construct.network.NetworkPolicies;
import io.meshwright.construct.network.NetworkRules;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import java.util.List;
import software.constructs.Construct;

/**
 * Opens guarded namespaces for calls to external services, by port and address. Where they leave through the egress
 * gateway, callers reach nothing but its pods, and these alone the addresses.
 */
final class EgressFlows {
    private final NetworkPolicies traffic;
    private final List<NamespaceGuard> guards;

    EgressFlows(Construct scope, List<NamespaceGuard> guards) {
        this.traffic = new NetworkPolicies(scope);
        this.guards = guards;
    }

    void release(External external) {
        external.direct().forEach(client -> out(external, client, outside(external)));
        external.gateway().map(EgressGateway::pods).ifPresent(gateway -> {
            List<TargetPort> listeners = EgressGateway.listeners(external.wirePorts());
            external.through().forEach(client -> out(external, client, NetworkRules.to(gateway, listeners)));
            if (isGuarded(gateway)) {
                traffic.ingress(
                        "%s-callers".formatted(external.name()),
                        "%s-callers".formatted(external.name()),
                        gateway,
                        List.of(NetworkRules.from(external.through(), listeners)));
            }
            out(external, gateway, outside(external));
        });
    }

    private void out(External external, Party client, NetworkPolicyEgressRule way) {
        if (isGuarded(client)) {
            traffic.egress(
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
        List<AddressBlock> blocks = external.service().networks().isEmpty()
                ? List.of(AddressBlock.INTERNET)
                : external.service().networks().stream().map(AddressBlock::of).toList();
        return NetworkRules.toBlocks(blocks, external.wirePorts());
    }
}
