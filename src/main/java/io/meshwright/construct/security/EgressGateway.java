package io.meshwright.construct.security;

import io.meshwright.value.Require;
import io.meshwright.value.security.Party;

/**
 * The gateway through which calls leave the cluster; its Service must have every port of {@link Egress#gatewayPorts()}.
 *
 * @param pods its pods; their name is the name of its Service
 */
public record EgressGateway(Party pods) {
  public EgressGateway {
    Require.that(Require.present("pods", pods).inMesh() && !pods.podLabels().isEmpty(), "pods",
        "\"%s\" cannot be told from other pods, or proves no identity".formatted(pods),
        "give the labels and the service account of the gateway's pods");
  }

  String host() {
    return "%s.%s.svc.cluster.local".formatted(pods.name(), pods.namespace());
  }
}
