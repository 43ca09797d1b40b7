package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import java.util.List;

/** Cross-origin requests are decided about on hosts that have a route, since each route carries the answer. */
public final class CorsHasRoutes implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        HostOwners owners = new HostOwners(environment);
        return environment.gatewayEntries().stream()
                .flatMap(entry -> entry.gateway().hosts().entrySet().stream()
                        .filter(host -> host.getValue().cors() != null
                                && owners.of(host.getKey(), entry).isEmpty())
                        .map(host -> new InvalidValue(
                                entry.at()
                                        .key("hosts")
                                        .key(host.getKey().toString())
                                        .key("cors"),
                                "decides about no route, because no service has one on this host",
                                "remove it")))
                .toList();
    }
}
