package io.meshwright.stack;

import io.meshwright.construct.MeshGateway;
import io.meshwright.construct.traffic.Backend;
import io.meshwright.construct.traffic.ConnectionRoutes;
import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.Service;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.gateway.ConnectionRoute;
import java.util.Map;
import java.util.Objects;
import software.constructs.Construct;

/** One VirtualService for each host or port whose connections a gateway passes on to a service. */
final class ServiceConnections {
    private static final Host ANY = Host.of("*");

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
                                .filter(route -> route.gateways().contains(entry.name()))
                                .forEach(route -> passed(entry, name, service, route))));
    }

    private void passed(GatewayEntry entry, Name name, Service service, ConnectionRoute route) {
        String own = "%s-%s".formatted(name, route.dashed());
        String unique = entry.isFirst() ? own : "%s-%s".formatted(own, entry.name());
        ConnectionRoutes.Builder.create(scope, "passes-%s".formatted(unique))
                .name(Name.of(unique))
                .backend(new Backend(
                        name,
                        service.namespace(),
                        route.port() == null ? service.ports().get(0).port() : route.port()))
                .gateway(Objects.requireNonNull(gateways.get(entry.name())))
                .host(route.host() == null ? ANY : route.host())
                .listeners(entry.gateway().listeners().stream().filter(route::isOf).toList())
                .build();
    }
}
