package io.meshwright.environment;

import io.meshwright.environment.Gateway.Actuator;
import io.meshwright.environment.Gateway.HostPolicy;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** On which hosts the gateway refuses requests for the management endpoints of services. */
public final class Actuators {
    private final Gateway gateway;
    private final Map<Name, Service> services;

    private Actuators(Gateway gateway, Map<Name, Service> services) {
        this.gateway = gateway;
        this.services = services;
    }

    public static Actuators of(Environment environment, GatewayEntry entry) {
        return new Actuators(entry.gateway(), environment.services());
    }

    /** True if the host's routes, which lead to these services, must not take such requests. */
    public boolean areRefused(Host host, Collection<Name> owners) {
        HostPolicy policy = gateway.hosts().get(host);
        return policy != null && policy.actuator() != null
                ? policy.actuator() == Actuator.REFUSED
                : owners.stream().anyMatch(this::areBehind);
    }

    /** True if a service or one that it calls has them: a gateway of applications passes on what it gets. */
    private boolean areBehind(Name service) {
        Set<Name> seen = new HashSet<>();
        Deque<Name> open = new ArrayDeque<>(Set.of(service));
        while (!open.isEmpty()) {
            Name next = open.pop();
            if (services.containsKey(next) && seen.add(next)) {
                if (services.get(next).hasActuator()) {
                    return true;
                }
                services.forEach((name, callee) -> {
                    if (callee.allowFrom().stream()
                            .anyMatch(caller -> caller.from().equals(next))) {
                        open.push(name);
                    }
                });
            }
        }
        return false;
    }
}
