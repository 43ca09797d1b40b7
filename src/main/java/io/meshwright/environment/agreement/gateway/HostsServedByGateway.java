package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.Observability;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.traffic.BlueGreen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Every host that leads through a gateway is on one of its listeners. */
public final class HostsServedByGateway implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        List<GatewayEntry> entries = environment.gatewayEntries();
        entries.forEach(entry -> entry.gateway()
                .hosts()
                .keySet()
                .forEach(host -> refuse(entry, entry.at().key("hosts").key(host.toString()), host, refusals)));
        DeclaredRoute.of(environment)
                .forEach(declared -> declared.entries(environment)
                        .forEach(entry -> refuse(
                                entry,
                                declared.at().key("host"),
                                declared.route().host(),
                                refusals)));
        named(environment).forEach((at, host) -> refuse(entries.get(0), at, host, refusals));
        DeclaredService.of(environment).forEach(declared -> {
            if (declared.service().release() instanceof BlueGreen release && release.previewHost() != null) {
                KeyPath at = declared.at().key("release").key("previewHost");
                previewed(environment, declared)
                        .forEach(entry -> refuse(
                                entry, at, "\"%s\"".formatted(release.previewHost()), release.previewHost(), refusals));
            }
        });
        return refusals;
    }

    /** The gateways of its routes, at each of which the other version is shown too. */
    private static Stream<GatewayEntry> previewed(Environment environment, DeclaredService declared) {
        return declared.routes().flatMap(route -> route.entries(environment)).distinct();
    }

    private static void refuse(GatewayEntry entry, KeyPath at, Host host, List<InvalidValue> refusals) {
        refuse(entry, at, "\"%s\"".formatted(host), host, refusals);
    }

    private static void refuse(GatewayEntry entry, KeyPath at, String quoted, Host host, List<InvalidValue> refusals) {
        if (!entry.gateway().serves(host)) {
            refusals.add(new InvalidValue(
                    at,
                    "%s is on no listener of %s".formatted(quoted, entry.words()),
                    entry.isFirst()
                            ? "add it to the hosts of a gateway listener"
                            : "add it to the hosts of one of %s.listeners"
                                    .formatted(entry.at().text())));
        }
    }

    private static Map<KeyPath, Host> named(Environment environment) {
        Map<KeyPath, Host> named = new LinkedHashMap<>();
        Observability observability = environment.observability();
        if (observability.domain() != null) {
            named.put(KeyPath.of("observability.domain"), observability.domain());
        }
        observability
                .hosts()
                .forEach((tool, host) -> named.put(
                        KeyPath.of("observability.hosts").key(tool.name().toLowerCase(Locale.ROOT)), host));
        if (environment.delivery().host() != null) {
            named.put(KeyPath.of("delivery.host"), environment.delivery().host());
        }
        return named;
    }
}
