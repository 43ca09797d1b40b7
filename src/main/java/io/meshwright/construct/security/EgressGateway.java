package io.meshwright.construct.security;

import io.meshwright.value.KubernetesNames;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.gateway.GatewayPorts;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import java.util.Collection;
import java.util.List;

/**
 * The gateway through which calls leave the cluster; its Service must have every port of the hosts behind it.
 *
 * @param pods its pods; their name is the name of its Service
 */
public record EgressGateway(Party pods) {
    public EgressGateway {
        Require.that(
                Require.present("pods", pods).inMesh() && !pods.podLabels().isEmpty(),
                "pods",
                "\"%s\" cannot be told from other pods, or proves no identity".formatted(pods),
                "give the labels and the service account of the gateway's pods");
    }

    /** Ports on which its pods listen for calls of these ports of its Service. */
    static List<TargetPort> listeners(Collection<Port> ports) {
        return ports.stream()
                .map(port -> TargetPort.tcp(GatewayPorts.target(port.value())))
                .toList();
    }

    String host() {
        return KubernetesNames.serviceHost(pods.name(), pods.namespace()).value();
    }
}
