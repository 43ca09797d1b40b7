package io.meshwright.mesh;

import io.meshwright.mesh.VirtualServices.Claim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The route tables that VirtualServices make in gateways and sidecars. */
public final class Routing {
    private static final int PORT_OF_UNKNOWN_HOSTS = 80;

    private final VirtualServices virtualServices;
    private final Services services;
    private final Sidecars sidecars;
    private final Map<Asked, RouteTable> tables = new ConcurrentHashMap<>();

    Routing(VirtualServices virtualServices, Services services, Sidecars sidecars) {
        this.virtualServices = virtualServices;
        this.services = services;
        this.sidecars = sidecars;
    }

    /**
     * The route table of some servers of one listener of a gateway pod: all of them for plain HTTP, and for HTTPS the
     * one that the SNI chose, since each HTTPS server has a table of its own (buildGatewayHTTPRouteConfig).
     */
    public RouteTable gateway(Pod gateway, List<Server> servers) {
        return tables.computeIfAbsent(
                new Asked(gateway, servers.stream().map(Server::source).toList()), asked -> table(gateway, servers));
    }

    private record Asked(Pod gateway, List<Source> servers) {}

    private RouteTable table(Pod gateway, List<Server> servers) {
        Map<String, VirtualHost> hosts = new LinkedHashMap<>();
        for (Server server : servers) {
            for (VirtualService service : virtualServices.visible(server.gateway(), gateway.namespace())) {
                List<RouteEntry> entries = entries(service, match -> match.countsAt(server.gateway(), server.port()));
                // A VirtualService of which nothing counts here does not claim its hosts either
                // (buildGatewayHTTPRouteConfig).
                Set<String> domains = entries.isEmpty()
                        ? Set.of()
                        : server.served(service.hosts(), service.manifest().home());
                for (String domain : domains) {
                    VirtualHost there = hosts.getOrDefault(domain, host(domain)).and(service, entries);
                    hosts.put(domain, server.redirectsToHttps() ? there.redirecting() : there);
                }
            }
            if (server.redirectsToHttps()) {
                server.anywhere()
                        .forEach(domain -> hosts.put(
                                domain, hosts.getOrDefault(domain, host(domain)).redirecting()));
            }
        }
        return new RouteTable(hosts.values().stream().map(VirtualHost::sorted).toList());
    }

    private static VirtualHost host(String domain) {
        return new VirtualHost(domain, List.of(), false, List.of());
    }

    /** What the VirtualServices that a pod's sidecar heeds make of its calls to a host and port. */
    public Optional<VirtualHost> mesh(Pod client, String host, int port) {
        return mesh(
                Client.of(client),
                host,
                port,
                service -> sidecars.knows(client, service, port),
                service -> sidecars.knows(client, service, port));
    }

    /**
     * What the VirtualServices make of a client's calls to a host and port; empty where none has a say, and the service
     * is called as it is. On the mesh they are not merged: the most specific host wins, among equals the first.
     */
    public Optional<VirtualHost> mesh(Client client, String host, int port) {
        return mesh(client, host, port, service -> true, service -> true);
    }

    private Optional<VirtualHost> mesh(
            Client client, String host, int port, Predicate<VirtualService> heeded, Predicate<Service> known) {
        return claims(client, host).stream()
                .filter(claim -> heeded.test(claim.service()))
                .findFirst()
                .filter(claim -> !isForOthers(claim, client, host, known))
                .filter(claim ->
                        ports(claim.service(), host, client.namespace()).contains(port))
                .flatMap(claim -> {
                    List<RouteEntry> entries = entries(
                            claim.service(), match -> match.countsFor(client.namespace(), client.labels(), port));
                    return entries.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new VirtualHost(host, entries, false, List.of(claim.service())));
                });
    }

    /**
     * A wildcard that covers services which the client knows is for them alone, and not for a host that the client does
     * not know (separateVSHostsAndServices).
     */
    private boolean isForOthers(Claim claim, Client client, String host, Predicate<Service> known) {
        if (!HostName.isWildcard(claim.host())
                || services.find(host, client.namespace()).filter(known).isPresent()) {
            return false;
        }
        return services.all().stream()
                .anyMatch(service -> HostName.within(service.host(), claim.host())
                        && service.export().reaches(client.namespace())
                        && known.test(service));
    }

    /**
     * The ports of the host that may speak HTTP; a host of no service takes those of the services that share its
     * VirtualService, else port 80.
     */
    private Set<Integer> ports(VirtualService virtual, String host, String clientNamespace) {
        Optional<Service> called = services.find(host, clientNamespace);
        Set<Integer> ports = new TreeSet<>();
        Stream<Service> serving = called.map(Stream::of)
                .orElseGet(() ->
                        virtual.hosts().stream().flatMap(other -> services.find(other, clientNamespace).stream()));
        serving.flatMap(service -> service.ports().stream())
                .filter(port -> port.protocol().mayBeHttp())
                .forEach(port -> ports.add(port.number()));
        return ports.isEmpty() && called.isEmpty() ? Set.of(PORT_OF_UNKNOWN_HOSTS) : ports;
    }

    /** All that claim a host for a client's sidecar, the one that wins first. */
    public List<Claim> claims(Client client, String host) {
        return virtualServices.claims(host, client.namespace());
    }

    /** The VirtualServices that a waypoint heeds for the service that it serves, in their order. */
    public List<VirtualService> heededAtWaypoint(Pod waypoint, Service service) {
        return virtualServices.visible(VirtualService.MESH, waypoint.namespace()).stream()
                .filter(virtual -> List.of(waypoint.namespace(), service.namespace())
                        .contains(virtual.manifest().home()))
                .filter(virtual -> virtual.hosts().stream().anyMatch(host -> HostName.within(service.host(), host)))
                .toList();
    }

    /**
     * The routes of a waypoint for calls to the service that it serves, whatever the Host header says; empty where it
     * sends them on as they are (buildWaypointInboundHTTPRouteConfig).
     */
    public Optional<VirtualHost> waypoint(Pod waypoint, Service service, int port, IstioVersion version) {
        List<VirtualService> heeded = heededAtWaypoint(waypoint, service).stream()
                .filter(virtual -> !virtualServices.routes(virtual).isEmpty())
                .toList();
        VirtualHost host = host("*");
        for (VirtualService virtual : version.mergesRoutesAtWaypoints()
                ? heeded
                : heeded.stream().limit(1).toList()) {
            List<RouteEntry> entries = entries(virtual, match -> match.countsAtWaypoint(waypoint.namespace(), port));
            host = entries.isEmpty() ? host : host.and(virtual, entries);
        }
        return Optional.of(host).filter(found -> !found.routes().isEmpty());
    }

    private List<RouteEntry> entries(VirtualService service, Predicate<HttpMatch> counts) {
        List<RouteEntry> entries = new ArrayList<>();
        for (HttpRoute route : virtualServices.routes(service)) {
            if (route.matches().isEmpty()) {
                entries.add(new RouteEntry(route, Optional.empty()));
                return entries;
            }
            for (HttpMatch match : route.matches()) {
                if (counts.test(match)) {
                    entries.add(new RouteEntry(route, Optional.of(match)));
                    if (match.isCatchAll()) {
                        // istiod sends nothing that stands behind a route for everything.
                        return entries;
                    }
                }
            }
        }
        return entries;
    }
}
