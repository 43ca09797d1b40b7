package io.meshwright.sweep;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.route.ConnectionRoute;
import io.meshwright.mesh.route.RouteEntry;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import io.meshwright.trace.request.Request;
import io.meshwright.trace.sample.Doors;
import io.meshwright.trace.sample.RouteSamples;
import io.meshwright.trace.sample.Sample;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Requests of clients outside the cluster: one for each match and host of a gateway's routes, and one for each host.
 */
final class OutsideAsks {
    private final Mesh mesh;
    private final Consumer<Ask> asks;

    /** Asked only where no server at all reads what is written. */
    private final Map<VirtualService, Ask> unread = new LinkedHashMap<>();

    private final Set<VirtualService> read = Collections.newSetFromMap(new IdentityHashMap<>());

    OutsideAsks(Mesh mesh, Consumer<Ask> asks) {
        this.mesh = mesh;
        this.asks = asks;
    }

    void add() {
        for (Doors.Door door : Doors.of(mesh)) {
            Server server = door.server();
            server.hosts().forEach(host -> host(door, host));
            for (VirtualService service : mesh.virtualServices().visible(server.gateway(), door.namespace())) {
                Set<String> hosts =
                        server.served(service.hosts(), service.manifest().home());
                if (!hosts.isEmpty()) {
                    bound(door, service, hosts);
                }
            }
        }
        unread.values().forEach(asks);
    }

    private void bound(Doors.Door door, VirtualService service, Set<String> hosts) {
        boolean http = door.server().isHttp();
        List<ConnectionRoute> connections = http ? List.of() : connections(door.server(), service);
        if (http && mesh.virtualServices().routes(service).isEmpty() || !http && connections.isEmpty()) {
            if (!read.contains(service)) {
                unread(door, service, Sample.named(hosts.iterator().next()))
                        .ifPresent(ask -> unread.putIfAbsent(service, ask));
            }
            return;
        }
        read.add(service);
        unread.remove(service);
        if (http) {
            routes(door, service, hosts);
        } else {
            connections(door, connections, hosts);
        }
    }

    /** Routes of a kind that the server does not read; another server may. */
    private static Optional<Ask> unread(Doors.Door door, VirtualService service, String host) {
        String own = door.server().isHttp() ? "http" : door.server().isTls() ? "tls" : "tcp";
        return !service.at("/spec/".concat(own)).isEmpty()
                ? Optional.empty()
                : Stream.of("http", "tls", "tcp")
                        .filter(list -> !service.at("/spec/".concat(list)).isEmpty())
                        .findFirst()
                        .flatMap(list -> request(door, host)
                                .map(request -> new Ask(
                                        request,
                                        Source.of(service.manifest()).at("/spec/".concat(list)),
                                        Ask.Sake.ROUTE)));
    }

    /** For nothing in particular of a host, as its server speaks. */
    private static Optional<Request> request(Doors.Door door, String host) {
        return door.server().isHttp()
                ? Sample.PLAIN.sent(door.url(host, Sample.ROOT)).map(Request::clientCertificate)
                : connection(door, host);
    }

    private void host(Doors.Door door, Server.ServedHost host) {
        if (door.server().isHttp()) {
            request(door, Sample.named(host.host()))
                    .ifPresent(request -> asks.accept(new Ask(request, host.source(), Ask.Sake.HOST)));
        }
    }

    private void routes(Doors.Door door, VirtualService service, Collection<String> hosts) {
        List<RouteEntry> entries = mesh.virtualServices()
                .entries(
                        service,
                        match -> match.countsAt(
                                door.server().gateway(), door.server().port()));
        for (String host : hosts) {
            entries.forEach(entry -> sample(entry, door, Sample.named(host))
                    .ifPresent(request ->
                            asks.accept(new Ask(request.clientCertificate(), entry.source(), Ask.Sake.ROUTE))));
        }
    }

    private Optional<Request> sample(RouteEntry entry, Doors.Door door, String host) {
        return entry.match().map(RouteSamples::of).orElse(List.of(Sample.PLAIN)).stream()
                .flatMap(sample -> sample.sent(door.url(host, sample.target())).stream())
                .filter(request -> entry.fits(request.http(), mesh.version()))
                .findFirst();
    }

    private List<ConnectionRoute> connections(Server server, VirtualService service) {
        return mesh.virtualServices().connections(service, server.isTls() ? "tls" : "tcp");
    }

    private void connections(Doors.Door door, List<ConnectionRoute> routes, Collection<String> hosts) {
        Server server = door.server();
        for (ConnectionRoute route : routes) {
            for (String host : server.isTls() ? sniHosts(route, server) : hosts) {
                connection(door, Sample.named(host))
                        .ifPresent(request -> asks.accept(new Ask(request, route.source(), Ask.Sake.ROUTE)));
            }
        }
    }

    private static Optional<Request> connection(Doors.Door door, String host) {
        String scheme = door.server().isTls() ? "tls" : "tcp";
        return Sample.PLAIN
                .sent("%s://%s:%d".formatted(scheme, host, door.port()))
                .map(Request::clientCertificate);
    }

    /** The names of a route for TLS that passes through, as far as the server has them. */
    private static List<String> sniHosts(ConnectionRoute route, Server server) {
        return server.protocol() == Protocol.TLS || server.isPassthrough()
                ? route.namesAt(server.gateway(), server.port()).stream()
                        .flatMap(List::stream)
                        .flatMap(name ->
                                server.hostNames().stream().flatMap(host -> HostName.intersection(name, host).stream()))
                        .distinct()
                        .toList()
                : List.of();
    }
}
