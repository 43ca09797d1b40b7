package io.meshwright.check.admission.route;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.field.KindRules;
import io.meshwright.check.admission.part.Address;
import io.meshwright.check.admission.part.DnsName;
import io.meshwright.check.admission.part.Visibility;
import io.meshwright.mesh.terms.HostName;
import java.util.List;
import java.util.Optional;

/** A VirtualService: its hosts and gateways, and that it has routes; what a route may say stands in other classes. */
public final class VirtualServiceRules implements KindRules {
    private static final String SIDECARS = "mesh";
    private static final String CLAIMS = "@request.auth.claims";

    @Override
    public void examine(Field spec) {
        boolean delegate = spec.at("hosts").isEmpty();
        if (delegate) {
            delegate(spec);
        }
        GatewayNames.examine(spec.at("gateways"));
        if (spec.at("gateways").isEmpty() || !isForGateways(spec)) {
            claims(spec);
        }
        hosts(spec);
        if (spec.at("http").isEmpty()
                && spec.at("tls").isEmpty()
                && spec.at("tcp").isEmpty()) {
            spec.refuse("there is no route", "Write http, tls or tcp.");
        }
        spec.at("http").items().forEach(route -> HttpRouteRules.examine(route, delegate));
        spec.at("tls").items().forEach(route -> TlsRouteRules.examine(route, spec));
        spec.at("tcp").items().forEach(TcpRouteRules::examine);
        Visibility.examine(spec.at("exportTo"));
    }

    /** True if it does not name the sidecars among its gateways; with no gateways at all it is for sidecars. */
    public static boolean isForGateways(Field spec) {
        return spec.at("gateways").items().stream()
                .noneMatch(gateway -> gateway.text().equals(SIDECARS));
    }

    private static void delegate(Field spec) {
        for (String field : List.of("gateways", "tls", "tcp")) {
            if (!spec.at(field).isEmpty()) {
                spec.at(field)
                        .refuse(
                                "a VirtualService without hosts, to which others delegate, has %s".formatted(field),
                                "Write hosts, or keep http only.");
            }
        }
    }

    private static void claims(Field spec) {
        for (Field route : spec.at("http").items()) {
            for (Field match : route.at("match").items()) {
                for (String headers : List.of("headers", "withoutHeaders")) {
                    match.at(headers).entries().stream()
                            .filter(header -> isClaim(header.key()))
                            .forEach(header -> header.refuse(
                                    "\"%s\" can be matched at gateways only".formatted(header.key()),
                                    "Bind the VirtualService to a Gateway and not to mesh."));
                }
            }
        }
    }

    /** True if the name of a header stands for a claim of a token. */
    public static boolean isClaim(String header) {
        if (!header.regionMatches(true, 0, CLAIMS, 0, CLAIMS.length())) {
            return false;
        }
        String rest = header.substring(CLAIMS.length());
        return rest.startsWith(".") && rest.length() > 1
                || rest.startsWith("[") && rest.endsWith("]") && rest.length() > 2;
    }

    private static void hosts(Field spec) {
        boolean gateways = !spec.at("gateways").isEmpty() && isForGateways(spec);
        boolean sni = gateways
                && spec.at("tls").items().stream()
                        .anyMatch(route -> route.at("match").items().stream()
                                .anyMatch(match -> !match.at("sniHosts").isEmpty()));
        boolean valid = true;
        for (Field host : spec.at("hosts").items()) {
            Optional<String> flaw = sni ? DnsName.sniFlaw(host.text()) : DnsName.wildcardFlaw(host.text());
            if (flaw.isPresent() && !Address.isIp(host.text())) {
                host.refuse(
                        "\"%s\" is no host: %s".formatted(host.text(), flaw.get()),
                        "Write a name such as shop.example.com or *.example.com, or an address.");
                valid = false;
            } else if (!gateways && host.text().equals("*")) {
                host.refuse(
                        "\"*\" would take every call of every sidecar", "Name the hosts, or bind it to Gateways only.");
                valid = false;
            }
        }
        if (valid) {
            twice(spec.at("hosts").items());
        }
    }

    private static void twice(List<Field> hosts) {
        for (int index = 1; index < hosts.size(); index++) {
            Field host = hosts.get(index);
            hosts.subList(0, index).stream()
                    .filter(earlier -> HostName.overlap(earlier.text(), host.text()))
                    .findFirst()
                    .ifPresent(earlier -> host.refuse(
                            "\"%s\" and \"%s\" overlap".formatted(host.text(), earlier.text()),
                            "Keep the wider of the two, or put the narrower one into a VirtualService of its own."));
        }
    }
}
