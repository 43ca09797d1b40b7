package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
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

/** Every host that leads through the gateway is on one of its listeners. */
public final class HostsServedByGateway implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        named(environment).forEach((at, host) -> refuse(environment, at, "'%s'".formatted(host), host, refusals));
        DeclaredService.of(environment).forEach(declared -> {
            if (declared.service().release() instanceof BlueGreen release && release.previewHost() != null) {
                KeyPath at = declared.at().key("release").key("previewHost");
                refuse(environment, at, "\"%s\"".formatted(release.previewHost()), release.previewHost(), refusals);
            }
        });
        return refusals;
    }

    private static void refuse(
            Environment environment, KeyPath at, String quoted, Host host, List<InvalidValue> refusals) {
        if (!environment.gateway().serves(host)) {
            refusals.add(new InvalidValue(
                    at,
                    "%s is on no listener of the gateway".formatted(quoted),
                    "add it to the hosts of a gateway listener"));
        }
    }

    private static Map<KeyPath, Host> named(Environment environment) {
        Map<KeyPath, Host> named = new LinkedHashMap<>();
        environment
                .gateway()
                .hosts()
                .keySet()
                .forEach(host -> named.put(KeyPath.of("gateway.hosts").key(host.toString()), host));
        DeclaredRoute.of(environment)
                .filter(declared -> !declared.isInner())
                .forEach(declared ->
                        named.put(declared.at().key("host"), declared.route().host()));
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
