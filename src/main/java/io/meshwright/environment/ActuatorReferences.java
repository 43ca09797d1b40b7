package io.meshwright.environment;

import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.BlueGreen;
import io.meshwright.value.traffic.ManagementPath;
import io.meshwright.value.traffic.Route;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Whether a route asks for management endpoints that the gateway refuses on its host. */
final class ActuatorReferences {
    private final Gateway gateway;
    private final Map<Name, Service> services;
    private final Actuators actuators;

    ActuatorReferences(Gateway gateway, Map<Name, Service> services) {
        this.gateway = gateway;
        this.services = services;
        this.actuators = new Actuators(gateway, services);
    }

    List<InvalidValue> refusals() {
        List<InvalidValue> refusals = new ArrayList<>();
        services.forEach((name, service) -> {
            for (int i = 0; i < service.routes().size(); i++) {
                Route route = service.routes().get(i);
                if (!service.isInner(route, name)
                        && ManagementPath.isOne(route.path().beginning())
                        && actuators.areRefused(route.host(), owners(route.host()))) {
                    refusals.add(refusal(
                            KeyPath.of("services")
                                    .key(name.toString())
                                    .key("routes")
                                    .index(i),
                            route));
                }
            }
        });
        gateway.hosts().forEach((host, policy) -> {
            if (policy.actuator() != null && owners(host).isEmpty()) {
                refusals.add(new InvalidValue(
                        key(host), "decides about no route, because no service has one on this host", "remove it"));
            }
        });
        return refusals;
    }

    private Set<Name> owners(Host host) {
        Set<Name> owners = new LinkedHashSet<>();
        services.forEach((name, service) -> {
            if (hosts(service).anyMatch(host::equals)) {
                owners.add(name);
            }
        });
        return owners;
    }

    private static String key(Host host) {
        return KeyPath.of("gateway.hosts").key(host.toString()).key("actuator").toString();
    }

    private static Stream<Host> hosts(Service service) {
        Host preview = service.release() instanceof BlueGreen release ? release.previewHost() : null;
        return Stream.concat(service.routes().stream().map(Route::host), Stream.ofNullable(preview));
    }

    private static InvalidValue refusal(KeyPath path, Route route) {
        return new InvalidValue(
                path.key(route.path().kind().name().toLowerCase(Locale.ROOT)).toString(),
                "\"%s\" is a management endpoint, which the gateway refuses on host %s"
                        .formatted(route.path().value(), route.host()),
                "remove the route, or set %s: open, which opens all of them".formatted(key(route.host())));
    }
}
