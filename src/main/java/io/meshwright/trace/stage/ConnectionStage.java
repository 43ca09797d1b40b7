package io.meshwright.trace.stage;

import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.gateway.SniChain;
import io.meshwright.mesh.gatewayapi.ApiChannel;
import io.meshwright.mesh.route.ConnectionRoute;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Unknown;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Routes connections that no proxy reads as HTTP: by the {@code tls} and {@code tcp} entries of VirtualServices. */
final class ConnectionStage {
    private final Mesh mesh;
    private final FilterStage filters;
    private final ClusterStage clusters;

    ConnectionStage(Mesh mesh, FilterStage filters, ClusterStage clusters) {
        this.mesh = mesh;
        this.filters = filters;
        this.clusters = clusters;
    }

    /** A connection of bytes, by the {@code tcp} entries; {@code port} is the gateway pod's own. */
    Path gateway(PathRecorder recorder, Pod gateway, Server server, int port, Arrival arrival) {
        List<VirtualService> services = mesh.virtualServices().visible(server.gateway(), gateway.namespace()).stream()
                .filter(service -> !server.served(
                                service.hosts(), service.manifest().home())
                        .isEmpty())
                .toList();
        Optional<ConnectionRoute> route = first(
                        recorder,
                        gateway,
                        services,
                        "tcp",
                        entry -> entry.fitsAt(server.gateway(), server.port(), arrival.sni()))
                .or(() -> ended(recorder, gateway, services, server));
        if (route.isEmpty()) {
            recorder.step("no tcp entry of a VirtualService takes the connection", server.source());
            return recorder.end(new Closed("NR", "no route for the connection"));
        }
        return authorized(recorder, gateway, server, port, route.get(), arrival);
    }

    private Optional<ConnectionRoute> ended(
            PathRecorder recorder, Pod gateway, List<VirtualService> services, Server server) {
        return server.isTls() && mesh.version(gateway).endsTlsForTlsRoutes()
                ? first(
                        recorder,
                        gateway,
                        services,
                        "tls",
                        entry -> Truth.of(entry.takesEndedTls(server.gateway(), server.port())))
                : Optional.empty();
    }

    /** A connection whose TLS goes on as it is. */
    Path passed(PathRecorder recorder, Pod gateway, SniChain chain, int port, Arrival arrival) {
        chain.route()
                .ifPresent(route ->
                        contested(recorder, gateway, route, SniChain.rivals(mesh.virtualServices(), gateway, chain)));
        return chain.route()
                .map(route -> authorized(recorder, gateway, chain.server(), port, route, arrival))
                .orElseGet(
                        () -> recorder.end(Unknown.because("a server of mode AUTO_PASSTHROUGH serves other clusters")));
    }

    private Path authorized(
            PathRecorder recorder, Pod gateway, Server server, int port, ConnectionRoute route, Arrival arrival) {
        // A gateway asks for authorization before it passes bytes on, too (core/networkfilter.go,
        // buildCompleteNetworkFilters).
        return filters.pass(recorder, gateway, port, arrival)
                .end()
                .map(recorder::end)
                .orElseGet(() -> take(recorder, gateway, route, server.port(), arrival));
    }

    /**
     * True if the sidecar of a client sends TLS for this name to a service of which it knows blocks of addresses alone:
     * the names of the routes for it count, else its own (buildSidecarOutboundTLSFilterChainOpts).
     */
    boolean takesName(Pod client, Service service, ServicePort port, String name) {
        List<ConnectionRoute> routes = heeded(client, service, port).stream()
                .flatMap(heeded -> mesh.virtualServices().connections(heeded, "tls").stream())
                .filter(route -> route.concerns(Client.of(client), port.number()))
                .toList();
        return routes.isEmpty()
                ? HostName.within(name, service.host())
                : routes.stream()
                        .anyMatch(route -> !route.fitsFor(Client.of(client), port.number(), name)
                                .isNo());
    }

    private List<VirtualService> heeded(Pod client, Service service, ServicePort port) {
        return mesh.virtualServices().visible(VirtualService.MESH, client.namespace()).stream()
                .filter(candidate -> candidate.hosts().stream().anyMatch(host -> HostName.within(service.host(), host)))
                .filter(candidate -> mesh.routing().heeds(client, candidate, service, port.number()))
                .toList();
    }

    /**
     * A connection of a sidecar's own application to a service; empty where it falls through the listener, since the
     * routes say which names may be shown and take no other.
     */
    Optional<Path> mesh(PathRecorder recorder, Pod client, Service service, ServicePort port, Arrival arrival) {
        List<VirtualService> services = heeded(client, service, port);
        Function<ConnectionRoute, Truth> fits = entry -> entry.fitsFor(Client.of(client), port.number(), arrival.sni());
        // A port of TLS has filter chains by name alone, any other has none (buildSidecarOutboundTLSFilterChainOpts).
        boolean byName = port.protocol().isTls();
        Optional<ConnectionRoute> route = first(recorder, client, services, byName ? "tls" : "tcp", fits);
        if (route.isPresent()) {
            return Optional.of(take(recorder, client, route.get(), port.number(), arrival));
        }
        List<Source> others = byName
                ? services.stream()
                        .flatMap(other -> mesh.virtualServices().connections(other, "tls").stream())
                        .filter(other -> other.concerns(Client.of(client), port.number()))
                        .map(ConnectionRoute::source)
                        .toList()
                : List.of();
        if (others.isEmpty()) {
            return Optional.of(clusters.service(recorder, client, service, port, Optional.empty(), arrival));
        }
        recorder.step("no tls entry of a VirtualService takes the name %s".formatted(arrival.sni()), others);
        return Optional.empty();
    }

    /** A connection to a service that goes through its waypoint: first by {@code tls}, then by {@code tcp} entries. */
    Path waypoint(PathRecorder recorder, Pod waypoint, ServicePort port, Arrival arrival) {
        Service service = waypoint.serving().orElseThrow();
        List<VirtualService> services = mesh.version(waypoint).routesConnectionsAtWaypoints()
                ? mesh.routing().heededAtWaypoint(waypoint, service)
                : List.of();
        Function<ConnectionRoute, Truth> fits = entry -> Truth.of(entry.fitsAtWaypoint(service, port.number()));
        return first(recorder, waypoint, services, "tls", fits)
                .or(() -> first(recorder, waypoint, services, "tcp", fits))
                .map(route -> take(recorder, waypoint, route, port.number(), arrival))
                .orElseGet(() -> clusters.service(recorder, waypoint, service, port, Optional.empty(), arrival));
    }

    private Optional<ConnectionRoute> first(
            PathRecorder recorder,
            Pod proxy,
            List<VirtualService> services,
            String list,
            Function<ConnectionRoute, Truth> fits) {
        for (VirtualService service : services) {
            for (ConnectionRoute route : mesh.virtualServices().connections(service, list)) {
                Truth fit = fits.apply(route);
                if (fit == Truth.UNKNOWN) {
                    recorder.doubt("a route asks for the address that the client calls", List.of(route.source()));
                } else if (fit.isYes()) {
                    contested(
                            recorder,
                            proxy,
                            route,
                            services.stream()
                                    .flatMap(other -> mesh.virtualServices().connections(other, list).stream())
                                    .filter(other -> fits.apply(other).isYes()));
                    return Optional.of(route);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Of those that would take the same connection, the oldest does, unless some are for fewer namespaces or it leads
     * where the other does.
     */
    private void contested(PathRecorder recorder, Pod proxy, ConnectionRoute chosen, Stream<ConnectionRoute> fitting) {
        VirtualService owner = chosen.owner();
        fitting.filter(other -> other.owner().manifest() != owner.manifest()
                        && mesh.virtualServices().areUntold(owner, other.owner(), proxy.namespace()))
                .filter(other -> !ways(other).equals(ways(chosen)))
                .findFirst()
                .ifPresent(other -> recorder.doubt(
                        "which of two routes was created first decides where the connection goes",
                        List.of(chosen.source(), other.source())));
    }

    /** Everything about its destinations that tells where a connection ends. */
    private static List<List<Object>> ways(ConnectionRoute route) {
        return route.shares().stream()
                .map(share -> List.<Object>of(
                        share.destination().host(),
                        share.destination().namespace(),
                        share.destination().subset(),
                        share.destination().port(),
                        share.part()))
                .toList();
    }

    private Path take(PathRecorder recorder, Pod proxy, ConnectionRoute route, int port, Arrival arrival) {
        recorder.step("route for connections", route.source());
        Manifest written = route.source().manifest();
        if (mesh.apiChannel().heeds(written.kind()) == Truth.UNKNOWN) {
            recorder.doubt(
                    "whether istiod heeds a %s (%s) is not among the manifests"
                            .formatted(written.kind().name(), ApiChannel.SWITCH),
                    List.of(route.source()));
        }
        if (route.shares().isEmpty()) {
            return recorder.end(new Closed("UH", "the route leads nowhere, so the connection is closed"));
        }
        return recorder.fork(
                route.shares(),
                HttpRoute.Share::part,
                share -> share.destination().host(),
                share -> rest -> clusters.enter(rest, proxy, share.destination(), port, arrival));
    }
}
