package io.meshwright.stack;

import io.meshwright.construct.MeshGateway;
import io.meshwright.construct.edge.BodyLimits;
import io.meshwright.construct.edge.BodyLimits.LimitedRoute;
import io.meshwright.construct.traffic.Backend;
import io.meshwright.construct.traffic.Claim;
import io.meshwright.construct.traffic.HostRoutes;
import io.meshwright.construct.traffic.RouteTable;
import io.meshwright.environment.Actuators;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Gateway.HostPolicy;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.HostSettings;
import io.meshwright.environment.Service;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.traffic.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.constructs.Construct;

/**
 * One VirtualService for each host that services claim at a gateway, in the namespace of the service that takes the
 * rest of it.
 */
final class ServiceRoutes {
    private final Construct scope;
    private final Environment environment;
    private final Map<Name, MeshGateway> gateways;

    ServiceRoutes(Construct scope, Environment environment, Map<Name, MeshGateway> gateways) {
        this.scope = scope;
        this.environment = environment;
        this.gateways = gateways;
    }

    /** The VirtualServices, one for each host of each gateway. */
    List<HostRoutes> render() {
        return environment.gatewayEntries().stream()
                .flatMap(entry -> render(entry).stream())
                .toList();
    }

    private List<HostRoutes> render(GatewayEntry entry) {
        List<HostRoutes> routes = Claim.byHost(claims(entry.name())).entrySet().stream()
                .map(claimed -> host(entry, claimed.getKey(), claimed.getValue()))
                .toList();
        limits(entry, routes.stream().map(HostRoutes::table).toList());
        return routes;
    }

    private void limits(GatewayEntry entry, List<RouteTable> tables) {
        List<LimitedRoute> limited = tables.stream()
                .flatMap(table -> limited(HostSettings.of(entry, table.host()), table))
                .toList();
        if (!limited.isEmpty()) {
            BodyLimits.Builder.create(scope, "body-limits-%s".formatted(entry.name()))
                    .name(Name.of("%s-body-limits".formatted(entry.name())))
                    .gateway(entry.pods())
                    .routes(limited)
                    .build();
        }
    }

    private static Stream<LimitedRoute> limited(HostSettings settings, RouteTable table) {
        return table.rules().stream()
                .flatMap(rule -> settings.limitOf(rule.route()).stream()
                        .map(limit -> new LimitedRoute(table.host(), settings.ports(), rule.name(), limit)));
    }

    private List<Claim> claims(Name gateway) {
        List<Claim> claims = new ArrayList<>();
        environment
                .services()
                .forEach((name, service) -> service.routes().stream()
                        .filter(route -> !service.isInner(route, name) && route.isAt(gateway))
                        .forEach(route -> claims.add(claim(name, service, route))));
        return claims;
    }

    private HostRoutes host(GatewayEntry entry, Host host, List<Claim> claims) {
        HostPolicy policy = entry.gateway().hosts().get(host);
        HostSettings settings = HostSettings.of(entry, host);
        List<Name> owners =
                claims.stream().map(claim -> claim.backend().service()).toList();
        RouteTable table = RouteTable.of(host)
                .claims(claims)
                .securityHeaders(settings.securityHeaders().orElse(null))
                .inPlainText(!settings.isEncrypted())
                .maintenance(settings.maintenance().orElse(null))
                .cors(policy == null ? null : policy.cors())
                .refusesActuators(Actuators.of(environment, entry).areRefused(host, owners))
                .refusesDotSegments(!entry.isOfGatewayApi()
                        && (settings.decidesByPath() || owners.stream().anyMatch(this::admitsByPath)))
                .verifiesTokens(
                        policy != null && policy.jwt() != null && policy.jwt().enabled())
                .build();
        Backend last = table.rules().get(table.rules().size() - 1).owner();
        HostRoutes.Builder routes = HostRoutes.Builder.create(scope, PlatformOrigins.routes(host, entry.name()))
                .namespace(last.namespace())
                .gateway(Objects.requireNonNull(gateways.get(entry.name())))
                .table(table);
        if (host.toString().equals("*")) {
            routes.name(entry.isFirst() ? last.service() : Name.of("%s-%s".formatted(last.service(), entry.name())));
        } else if (!entry.isFirst()) {
            routes.name(Name.of("%s-%s".formatted(host.dashed(), entry.name())));
        }
        return routes.build();
    }

    private boolean admitsByPath(Name owner) {
        return Objects.requireNonNull(environment.services().get(owner), owner::toString).allowFrom().stream()
                .anyMatch(caller -> !caller.paths().isEmpty());
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
