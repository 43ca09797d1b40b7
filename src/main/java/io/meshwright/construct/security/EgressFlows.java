package io.meshwright.construct.security;

import io.meshwright.value.Cidr;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import java.util.List;
import org.cdk8s.plus34.k8s.IpBlock;
import org.cdk8s.plus34.k8s.NetworkPolicyEgressRule;
import software.constructs.Construct;

/** Opens guarded namespaces for calls to external services: by port and address, or to the egress gateway's pods. */
final class EgressFlows {
  // What "the internet" leaves out: private, shared and link-local space, the last with the cloud's metadata service
  // (RFC 1918, 6598, 3927). IPv4 only, because not every network plugin takes IPv6 blocks.
  private static final IpBlock PUBLIC = PodTraffic.block(Cidr.of("0.0.0.0/0"), Cidr.of("10.0.0.0/8"),
      Cidr.of("100.64.0.0/10"), Cidr.of("169.254.0.0/16"), Cidr.of("172.16.0.0/12"), Cidr.of("192.168.0.0/16"));

  private final PodTraffic traffic;
  private final List<NamespaceGuard> guards;

  EgressFlows(Construct scope, List<NamespaceGuard> guards) {
    this.traffic = new PodTraffic(scope);
    this.guards = guards;
  }

  void release(External external) {
    for (Party client : external.clients()) {
      if (guards.stream().anyMatch(guard -> guard.guards(client))) {
        traffic.out("%s-%s-%s".formatted(external.name(), client.namespace(), client.name()),
            "%s-to-%s".formatted(client.name(), external.name()), client, List.of(way(external, client)));
      }
    }
  }

  private static NetworkPolicyEgressRule way(External external, Party client) {
    if (external.gateway().isPresent() && client.inMesh()) {
      return PodTraffic.to(external.gateway().get().pods(),
          external.wirePorts().stream().map(port -> new TargetPort(port, false)).toList());
    }
    List<IpBlock> blocks = external.service().networks().isEmpty() ? List.of(PUBLIC)
        : external.service().networks().stream().map(PodTraffic::block).toList();
    return PodTraffic.toBlocks(blocks, external.wirePorts());
  }
}
