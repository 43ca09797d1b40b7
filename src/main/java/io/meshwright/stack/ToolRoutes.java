package io.meshwright.stack;

import io.meshwright.construct.MeshGateway;
import io.meshwright.construct.observability.settings.MonitoringDomain;
import io.meshwright.construct.observability.settings.ToolAddress;
import io.meshwright.construct.traffic.Backend;
import io.meshwright.construct.traffic.Claim;
import io.meshwright.construct.traffic.HostRoutes;
import io.meshwright.construct.traffic.RouteTable;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.constructs.Construct;

/** The routes by which browsers reach tools: each in the namespace of its tool, never rewritten (incident I7). */
final class ToolRoutes {
  private ToolRoutes() {}

  /** Routes of all exposed monitoring tools. */
  static void monitoring(Construct scope, MonitoringDomain domain, MeshGateway gateway) {
    Map<Host, List<ToolAddress>> byHost = new TreeMap<>();
    for (ToolAddress address : domain.exposed()) {
      byHost.computeIfAbsent(address.exposure().orElseThrow().host(), host -> new ArrayList<>()).add(address);
    }
    byHost.forEach((host, addresses) -> {
      List<Claim> claims = addresses.stream().map(address -> claim(host, address)).toList();
      route(scope, host, claims, gateway);
    });
  }

  /** The route of one whole host. */
  static void whole(Construct scope, Host host, Backend backend, MeshGateway gateway) {
    route(scope, host, List.of(Claim.of(backend, Route.of(host))), gateway);
  }

  private static Claim claim(Host host, ToolAddress address) {
    Backend backend = Backend.of(address.tool().service(), address.namespace(), address.tool().port());
    return Claim.of(backend, Route.prefix(host, address.root()));
  }

  private static void route(Construct scope, Host host, List<Claim> claims, MeshGateway gateway) {
    HostRoutes.Builder.create(scope, "routes-%s".formatted(HostNames.dashed(host)))
        .name(Name.of(HostNames.dashed(host)))
        .namespace(claims.get(0).backend().namespace())
        .gateway(gateway.ref())
        .table(RouteTable.of(host).claims(claims).build())
        .build();
  }
}
