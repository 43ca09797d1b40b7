package io.meshwright.check.admission;

/** A TCP route, and what the matches of TCP and TLS routes have in common. */
final class TcpRouteRules {

  private TcpRouteRules() {}

  static void examine(Field route) {
    route.at("match").items().forEach(TcpRouteRules::match);
    targets(route);
  }

  static void targets(Field route) {
    if (route.at("route").isEmpty()) {
      route.refuse("the route has no destination", "Write route.");
    }
    Target.weighted(route.at("route"));
  }

  static void match(Field match) {
    for (Field subnet : match.at("destinationSubnets").items()) {
      subnet(subnet);
    }
    PortRules.numberIfSet(match.at("port"));
    LabelRules.labels(match.at("sourceLabels"));
    GatewayNames.examine(match.at("gateways"));
  }

  static void subnet(Field subnet) {
    if (!Address.isIpOrBlock(subnet.text())) {
      subnet.refuse("\"%s\" is no address or block".formatted(subnet.text()),
          "Write one such as 10.1.2.3 or 10.1.0.0/16.");
    }
  }
}
