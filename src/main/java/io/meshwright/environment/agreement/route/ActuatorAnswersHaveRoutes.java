package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
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
        return environment.gatewayEntries().stream()
                .flatMap(entry -> entry.gateway().hosts().entrySet().stream()
                        .filter(host -> host.getValue().actuator() != null
                                && owners.of(host.getKey(), entry).isEmpty())
                        .map(host -> new InvalidValue(
                                key(entry, host.getKey()),
                                "decides about no route, because no service has one on this host",
                                "remove it")))
                .toList();
    }

    /** The key that decides about them on a host of a gateway. */
    static KeyPath key(GatewayEntry entry, Host host) {
        return entry.at().key("hosts").key(host.toString()).key("actuator");
    }
}
