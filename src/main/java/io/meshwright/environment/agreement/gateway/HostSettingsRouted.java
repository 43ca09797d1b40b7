package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Gateway.HostPolicy;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.HostSettings;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Settings of a host's answers are on some: services or tools have routes there. */
public final class HostSettingsRouted implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return environment.gatewayEntries().stream()
                .flatMap(entry -> refusals(environment, entry))
                .toList();
    }

    private static Stream<InvalidValue> refusals(Environment environment, GatewayEntry entry) {
        Set<Host> routed = DeclaredRoute.of(environment)
                .filter(declared -> declared.isAt(entry))
                .flatMap(DeclaredRoute::hosts)
                .collect(Collectors.toSet());
        if (entry.isFirst()) {
            routed.addAll(HostSettings.ofTools(environment));
        }
        return entry.gateway().hosts().entrySet().stream()
                .filter(host -> !routed.contains(host.getKey()))
                .flatMap(host -> keys(host.getValue())
                        .map(key -> new InvalidValue(
                                entry.at()
                                        .key("hosts")
                                        .key(host.getKey().toString())
                                        .key(key),
                                "is on no answer, because nothing has a route on this host",
                                "remove it")));
    }

    private static Stream<String> keys(HostPolicy policy) {
        Stream.Builder<String> keys = Stream.builder();
        if (policy.securityHeaders() != null) {
            keys.add("securityHeaders");
        }
        if (policy.maintenance() != null) {
            keys.add("maintenance");
        }
        if (policy.maxRequestBytes() != null) {
            keys.add("maxRequestBytes");
        }
        if (!policy.rateLimits().isEmpty()) {
            keys.add("rateLimits");
        }
        return keys.build();
    }
}
