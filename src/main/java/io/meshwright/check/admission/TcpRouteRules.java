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
        match.at("destinationSubnets").items().forEach(Address::examineIpOrBlock);
        PortRules.numberIfSet(match.at("port"));
        LabelRules.labels(match.at("sourceLabels"));
        GatewayNames.examine(match.at("gateways"));
    }
}
