package io.meshwright.stack;

import io.meshwright.construct.MeshGateway;
import io.meshwright.construct.traffic.Backend;
import io.meshwright.construct.traffic.ConnectionRoutes;
import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.Service;
import io.meshwright.value.Name;
import io.meshwright.value.gateway.ConnectionRoute;
import io.meshwright.value.gateway.Listener;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.constructs.Construct;

/** One VirtualService for each host or port whose connections a gateway passes on to a service. */
final class ServiceConnections {
    private final Construct scope;
    private final Environment environment;
    private final Map<Name, MeshGateway> gateways;

    ServiceConnections(Construct scope, Environment environment, Map<Name, MeshGateway> gateways) {
        this.scope = scope;
        this.environment = environment;
        this.gateways = gateways;
    }

    void render() {
        environment
                .gatewayEntries()
                .forEach(entry -> environment
                        .services()
                        .forEach((name, service) -> service.connections().stream()
                                .filter(route -> route.isAt(entry.name()))
                                .forEach(route -> passed(entry, name, service, route))));
    }

    private void passed(GatewayEntry entry, Name name, Service service, ConnectionRoute route) {
        List<Listener> listeners = entry.gateway().bringing(route);
        String own = "%s-%s".formatted(name, route.dashed());
        String unique = entry.isFirst() ? own : "%s-%s".formatted(own, entry.name());
        ConnectionRoutes.Builder.create(scope, "passes-%s".formatted(unique))
                .name(Name.of(unique))
                .backend(new Backend(
                        name,
                        service.namespace(),
                        route.port() == null ? service.ports().get(0).port() : route.port()))
                .gateways(Objects.requireNonNull(gateways.get(entry.name())).refsOf(listeners))
                .host(route.served())
                .listeners(listeners)
                .build();
    }
}
