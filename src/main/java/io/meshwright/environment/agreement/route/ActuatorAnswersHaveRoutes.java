package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.List;

/** Requests for management endpoints are decided about on hosts that have a route. */
public final class ActuatorAnswersHaveRoutes implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        HostOwners owners = new HostOwners(environment);
        return environment.gateway().hosts().entrySet().stream()
                .filter(entry -> entry.getValue().actuator() != null
                        && owners.of(entry.getKey()).isEmpty())
                .map(entry -> new InvalidValue(
                        key(entry.getKey()),
                        "decides about no route, because no service has one on this host",
                        "remove it"))
                .toList();
    }

    /** The key that decides about them on a host. */
    static KeyPath key(Host host) {
        return KeyPath.of("gateway.hosts").key(host.toString()).key("actuator");
    }
}
