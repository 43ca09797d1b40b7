package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.List;

/** Cross-origin requests are decided about on hosts that have a route, since each route carries the answer. */
public final class CorsHasRoutes implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        HostOwners owners = new HostOwners(environment);
        return environment.gateway().hosts().entrySet().stream()
                .filter(entry -> entry.getValue().cors() != null
                        && owners.of(entry.getKey()).isEmpty())
                .map(entry -> new InvalidValue(
                        KeyPath.of("gateway.hosts")
                                .key(entry.getKey().toString())
                                .key("cors"),
                        "decides about no route, because no service has one on this host",
                        "remove it"))
                .toList();
    }
}
