package io.meshwright.mesh.gateway;

import io.meshwright.mesh.route.RouteEntry;
import io.meshwright.mesh.route.RouteTable;
import io.meshwright.mesh.route.VirtualHost;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.route.VirtualServices;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The route tables that VirtualServices make in gateways. */
public final class GatewayRoutes {
    private final VirtualServices virtualServices;
    private final Map<Asked, RouteTable> tables = new ConcurrentHashMap<>();

    public GatewayRoutes(VirtualServices virtualServices) {
        this.virtualServices = virtualServices;
    }

    /**
     * The route table of some servers of one listener of a gateway pod: all of them for plain HTTP, and for HTTPS the
     * one that the SNI chose, since each HTTPS server has a table of its own (buildGatewayHTTPRouteConfig).
     */
    public RouteTable of(Pod gateway, List<Server> servers) {
        return tables.computeIfAbsent(
                new Asked(gateway, servers.stream().map(Server::source).toList()), asked -> table(gateway, servers));
    }

    private record Asked(Pod gateway, List<Source> servers) {}

    private RouteTable table(Pod gateway, List<Server> servers) {
        Map<String, VirtualHost> hosts = new LinkedHashMap<>();
        for (Server server : servers) {
            for (VirtualService service : virtualServices.visible(server.gateway(), gateway.namespace())) {
                List<RouteEntry> entries =
                        virtualServices.entries(service, match -> match.countsAt(server.gateway(), server.port()));
                // A VirtualService of which nothing counts here does not claim its hosts either
                // (buildGatewayHTTPRouteConfig).
                Set<String> domains = entries.isEmpty()
                        ? Set.of()
                        : server.served(service.hosts(), service.manifest().home());
                for (String domain : domains) {
                    VirtualHost there = hosts.getOrDefault(domain, VirtualHost.empty(domain))
                            .and(service, entries);
                    hosts.put(domain, server.redirectsToHttps() ? there.redirecting() : there);
                }
            }
            if (server.redirectsToHttps()) {
                server.anywhere()
                        .forEach(domain -> hosts.put(
                                domain,
                                hosts.getOrDefault(domain, VirtualHost.empty(domain))
                                        .redirecting()));
            }
        }
        return new RouteTable(hosts.values().stream().map(VirtualHost::sorted).toList());
    }
}
