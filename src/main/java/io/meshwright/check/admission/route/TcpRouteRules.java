package io.meshwright.check.admission.route;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.part.Address;
import io.meshwright.check.admission.part.DestinationReference;
import io.meshwright.check.admission.part.LabelRules;
import io.meshwright.check.admission.part.PortRules;

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
        DestinationReference.weighted(route.at("route"));
    }

    static void match(Field match) {
        match.at("destinationSubnets").items().forEach(Address::examineIpOrBlock);
        PortRules.numberIfSet(match.at("port"));
        LabelRules.labels(match.at("sourceLabels"));
        GatewayNames.examine(match.at("gateways"));
    }
}
