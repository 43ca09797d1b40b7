package io.meshwright.check.admission.route;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.part.Address;
import io.meshwright.check.admission.part.DnsName;
import io.meshwright.mesh.terms.HostName;
import java.util.Optional;

/** A TLS route of a VirtualService, which picks connections by SNI. */
final class TlsRouteRules {
    private TlsRouteRules() {}

    static void examine(Field route, Field service) {
        if (route.at("match").isEmpty()) {
            route.refuse("the route has no match", "Write match.sniHosts.");
        }
        for (Field match : route.at("match").items()) {
            if (match.at("sniHosts").isEmpty()) {
                match.refuse("the match has no SNI", "Write sniHosts.");
            }
            match.at("sniHosts").items().forEach(host -> sni(host, service));
            TcpRouteRules.match(match);
        }
        TcpRouteRules.targets(route);
    }

    private static void sni(Field host, Field service) {
        String name = host.text();
        Optional<String> flaw =
                VirtualServiceRules.isForGateways(service) ? DnsName.sniFlaw(name) : DnsName.wildcardFlaw(name);
        if (flaw.isPresent() && Address.isIp(name)) {
            host.warn(
                    "\"%s\" is an address, and clients send names as SNI".formatted(name),
                    "Write the name of the host.");
        } else if (flaw.isPresent()) {
            host.refuse(
                    "\"%s\" is no host: %s".formatted(name, flaw.get()),
                    "Write a name such as shop.example.com or *.example.com.");
        } else if (service.at("hosts").items().stream().noneMatch(wider -> HostName.within(name, wider.text()))) {
            host.refuse("\"%s\" is none of the VirtualService's hosts".formatted(name), "Add it to hosts.");
        }
    }
}
