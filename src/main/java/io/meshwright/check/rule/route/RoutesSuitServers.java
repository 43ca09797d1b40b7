package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server reads rules of one sort: http where it sees requests, tls where it passes TLS on, tcp for all else
 * (pilot/pkg/networking/core/gateway.go, buildGatewayListeners).
 */
@AutoService(Inspection.class)
public final class RoutesSuitServers implements Check {
    public static final Rule ROUTES_OF_OTHER_SORT = Rule.error("MESH378", "routes_of_other_sort")
            .title("No server of a gateway reads rules of the sort that a VirtualService has")
            .consequence("The rules do nothing: clients get 404, or a closed connection.")
            .remedy(
                    "Write http for servers that speak HTTP or end HTTPS, tls with sniHosts for mode PASSTHROUGH, and tcp"
                            + " for TCP and for TLS that the gateway ends; or change the server.");

    /** The lists of rules that a VirtualService may have. */
    static final List<String> SORTS = List.of("http", "tls", "tcp");

    @Override
    public List<Rule> rules() {
        return List.of(ROUTES_OF_OTHER_SORT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .filter(service -> !service.isDelegate())
                .flatMap(service ->
                        service.isOnMesh() ? RulesForGateways.findings(mesh, service) : findings(mesh, service));
    }

    private static Stream<Finding> findings(Mesh mesh, VirtualService service) {
        if (service.gateways().stream()
                .anyMatch(reference -> mesh.gateways().find(reference).isEmpty())) {
            return Stream.empty();
        }
        List<Server> servers = servers(mesh, service, service.gateways());
        return SORTS.stream()
                .filter(sort -> !service.at("/spec/".concat(sort)).isEmpty())
                .flatMap(sort ->
                        finding(servers, sort, Source.of(service.manifest()).at("/spec/".concat(sort))).stream());
    }

    /** The servers of those gateways that have a host of the VirtualService. */
    static List<Server> servers(Mesh mesh, VirtualService service, List<String> gateways) {
        return gateways.stream()
                .flatMap(reference -> mesh.gateways().versions(reference).stream())
                .flatMap(gateway -> gateway.servers().stream())
                .filter(server -> !server.served(
                                service.hosts(), service.manifest().home())
                        .isEmpty())
                .toList();
    }

    /** The fault of rules of a sort that none of the servers reads. */
    static Optional<Finding> finding(List<Server> servers, String sort, Source rules) {
        return servers.isEmpty() || servers.stream().anyMatch(server -> reads(server, sort))
                ? Optional.empty()
                : Optional.of(ROUTES_OF_OTHER_SORT.at(
                        rules, "%s, so no request meets the rules of %s".formatted(does(servers.get(0)), sort)));
    }

    private static boolean reads(Server server, String sort) {
        return switch (sort) {
            case "http" -> server.isHttp();
            case "tls" -> server.isPassthrough() && !isAutomatic(server);
            default -> !server.isHttp() && !server.isPassthrough();
        };
    }

    /** Leads each connection to the service that its SNI names, without a rule. */
    private static boolean isAutomatic(Server server) {
        return server.tls().mode().equals("AUTO_PASSTHROUGH");
    }

    private static String does(Server server) {
        String gateway = "Gateway %s".formatted(server.gateway());
        if (isAutomatic(server)) {
            return "%s leads connections to port %d on by their SNI alone".formatted(gateway, server.port());
        }
        if (server.isPassthrough()) {
            return "%s passes TLS to port %d on and sees no request in it".formatted(gateway, server.port());
        }
        return server.isHttp()
                ? "%s takes connections to port %d for HTTP".formatted(gateway, server.port())
                : "%s takes connections to port %d for TCP".formatted(gateway, server.port());
    }
}
