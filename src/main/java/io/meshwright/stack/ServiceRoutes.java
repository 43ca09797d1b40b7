package io.meshwright.stack;

import io.meshwright.construct.MeshGateway;
import io.meshwright.construct.traffic.Backend;
import io.meshwright.construct.traffic.Claim;
import io.meshwright.construct.traffic.HostRoutes;
import io.meshwright.construct.traffic.RouteTable;
import io.meshwright.environment.Actuators;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Gateway.HostPolicy;
import io.meshwright.environment.HostSettings;
import io.meshwright.environment.Service;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.traffic.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.constructs.Construct;

/** One VirtualService for each host that services claim, in the namespace of the service that takes the rest of it. */
final class ServiceRoutes {
    private final Construct scope;
    private final Environment environment;
    private final MeshGateway gateway;

    ServiceRoutes(Construct scope, Environment environment, MeshGateway gateway) {
        this.scope = scope;
        this.environment = environment;
        this.gateway = gateway;
    }

    /** The VirtualServices, one for each host. */
    List<HostRoutes> render() {
        List<Claim> claims = new ArrayList<>();
        environment
                .services()
                .forEach((name, service) -> service.routes().stream()
                        .filter(route -> !service.isInner(route, name))
                        .forEach(route -> claims.add(claim(name, service, route))));
        return Claim.byHost(claims).entrySet().stream()
                .map(entry -> host(entry.getKey(), entry.getValue()))
                .toList();
    }

    private HostRoutes host(Host host, List<Claim> claims) {
        HostPolicy policy = environment.gateway().hosts().get(host);
        HostSettings settings = HostSettings.of(environment, host);
        RouteTable table = RouteTable.of(host)
                .claims(claims)
                .securityHeaders(settings.securityHeaders().orElse(null))
                .inPlainText(!settings.isEncrypted())
                .maintenance(settings.maintenance().orElse(null))
                .cors(policy == null ? null : policy.cors())
                .refusesActuators(Actuators.of(environment)
                        .areRefused(
                                host,
                                claims.stream()
                                        .map(claim -> claim.backend().service())
                                        .toList()))
                .verifiesTokens(
                        policy != null && policy.jwt() != null && policy.jwt().enabled())
                .build();
        Backend last = table.rules().get(table.rules().size() - 1).owner();
        HostRoutes.Builder routes = HostRoutes.Builder.create(scope, "routes-%s".formatted(host.dashed()))
                .namespace(last.namespace())
                .gateway(gateway.ref())
                .table(table);
        if (host.toString().equals("*")) {
            routes.name(last.service());
        }
        return routes.build();
    }

    private Claim claim(Name name, Service service, Route route) {
        Port port = route.port() == null ? service.ports().get(0).port() : route.port();
        Optional<Backend> mirror = Optional.ofNullable(route.mirror()).map(to -> backend(to.service()));
        return new Claim(
                new Backend(name, service.namespace(), port),
                route,
                environment.resilienceOf(service),
                Optional.ofNullable(service.release()),
                mirror);
    }

    private Backend backend(Name name) {
        Service service = Objects.requireNonNull(environment.services().get(name), name::toString);
        return new Backend(name, service.namespace(), service.ports().get(0).port());
    }
}
