package io.meshwright.trace;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Listener;
import io.meshwright.mesh.gateway.Listener.Dropped;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.trace.Verdict.Closed;
import io.meshwright.trace.Verdict.Unknown;
import io.meshwright.value.istio.IstioPorts;
import java.util.List;
import java.util.Optional;

/** At a gateway: the listener of the port, then the server that SNI chooses, and what becomes of TLS. */
final class ListenerStage {
    private static final int HEALTH_PORT = IstioPorts.STATUS.value();

    private final Mesh mesh;
    private final Tracer tracer;

    ListenerStage(Mesh mesh, Tracer tracer) {
        this.mesh = mesh;
        this.tracer = tracer;
    }

    /** Whether the gateway would look further into a request for this host on that port. */
    boolean serves(Pod gateway, int port, Request request) {
        String asked = request.http().host();
        return listeners(gateway, port).stream()
                .anyMatch(listener -> request.isEncrypted()
                        ? !SniChain.best(SniChain.of(mesh, gateway, listener), sni(request.serverName()))
                                .isEmpty()
                        : listener.servers().stream()
                                .flatMap(server -> server.hostNames().stream())
                                .anyMatch(host -> HostName.within(asked, host)));
    }

    private List<Listener> listeners(Pod gateway, int port) {
        return mesh.gateways().listeners(gateway).stream()
                .filter(listener -> listener.port() == port)
                .toList();
    }

    Path enter(Trail trail, Pod gateway, int port, Arrival arrival) {
        trail.at("gateway %s port %d".formatted(gateway, port));
        if (trail.isCircular()) {
            return trail.end(new Closed("", "the request runs in circles through gateways"));
        }
        List<Source> sets = mesh.gateways().undecidedListenerSets(gateway);
        if (!sets.isEmpty()) {
            trail.doubt(
                    "whether %s adds listeners is not among the manifests"
                            .formatted(sets.get(0).manifest()),
                    sets);
        }
        List<Listener> listeners = listeners(gateway, port);
        if (listeners.isEmpty() && port == HEALTH_PORT) {
            return trail.end(Unknown.because("on port %d a gateway tells itself whether it is ready".formatted(port)));
        }
        if (listeners.isEmpty()) {
            return trail.end(new Closed(
                    "", "no Gateway opens port %d on %s, so the connection is refused".formatted(port, gateway)));
        }
        if (listeners.size() > 1) {
            return trail.end(Unknown.because("several servers bind port %d to different addresses".formatted(port)));
        }
        Listener listener = listeners.get(0);
        if (listener.isTls() && !listener.servers().stream().allMatch(Server::isTls)) {
            trail.step(
                    "the port has servers with and without TLS",
                    listener.servers().stream().map(Server::source).toList());
            return trail.end(Unknown.because(
                    "Istio leaves it open what becomes of port %d, which has servers with and without TLS"
                            .formatted(port)));
        }
        contested(trail, listener, arrival);
        return arrival.isEncrypted()
                ? encrypted(trail, gateway, listener, arrival)
                : plain(trail, gateway, listener, arrival);
    }

    /** A server that was left out might serve the host, had its Gateway been created first. */
    private static void contested(Trail trail, Listener listener, Arrival arrival) {
        for (Dropped dropped : listener.dropped()) {
            boolean concerned = dropped.server().hostNames().stream()
                    .anyMatch(host -> HostName.within(
                            arrival.isEncrypted()
                                    ? arrival.sni()
                                    : arrival.http().host(),
                            host));
            if (concerned && dropped.dependsOnCreationOrder()) {
                trail.doubt(
                        "which of two Gateways was created first decides who serves port %d: %s"
                                .formatted(listener.port(), dropped.why()),
                        List.of(dropped.kept().source(), dropped.server().source()));
            } else if (concerned) {
                trail.step(
                        "a server is left out: %s".formatted(dropped.why()),
                        dropped.server().source());
            }
        }
    }

    private Path plain(Trail trail, Pod gateway, Listener listener, Arrival arrival) {
        List<Server> servers = listener.servers();
        List<Source> sources = servers.stream().map(Server::source).toList();
        if (listener.isTls()) {
            trail.step("the port takes TLS only", sources);
            return trail.end(new Closed("", "the client sends plaintext to a port that takes TLS"));
        }
        Server first = servers.get(0);
        if (!first.isHttp() || arrival.opaque()) {
            trail.step("the port passes bytes on", first.source());
            return tracer.connections().gateway(trail, gateway, first, listener.port(), arrival.asBytes());
        }
        trail.step("the port takes plain HTTP", sources);
        return filtered(trail, gateway, listener.port(), servers, arrival.from(Attribute.absent()));
    }

    private Path encrypted(Trail trail, Pod gateway, Listener listener, Arrival arrival) {
        if (!listener.isTls()) {
            trail.step(
                    "the port takes plaintext only",
                    listener.servers().stream().map(Server::source).toList());
            return trail.end(new Closed("", "the client begins TLS on a port that takes plaintext"));
        }
        List<SniChain> chosen = SniChain.best(SniChain.of(mesh, gateway, listener), sni(arrival.sni()));
        if (chosen.isEmpty()) {
            trail.step(
                    "no server takes the name %s".formatted(arrival.sni()),
                    listener.servers().stream().map(Server::source).toList());
            return trail.end(new Closed(
                    "NR",
                    "no certificate is shown for %s, so the connection is closed before any HTTP"
                            .formatted(arrival.sni())));
        }
        Server server = chosen.get(0).server();
        if (chosen.size() > 1) {
            trail.step(
                    "Envoy takes no listener with the name %s twice"
                            .formatted(chosen.get(0).host()),
                    chosen.stream().map(chain -> chain.server().source()).toList());
            return trail.end(Unknown.because(
                    "Envoy refuses port %d, on which two servers have the name %s, and keeps what it had"
                            .formatted(listener.port(), chosen.get(0).host())));
        }
        if (server.isPassthrough()) {
            trail.step(
                    "TLS is passed on as it is for %s".formatted(arrival.sni()),
                    server.source().at("/tls"));
            return tracer.connections().passed(trail, gateway, chosen.get(0), listener.port(), arrival.asBytes());
        }
        trail.step(
                "TLS of mode %s ends here for %s".formatted(server.tls().mode(), arrival.sni()),
                server.source().at("/tls"));
        return certified(trail, server, arrival)
                .map(trail::end)
                .orElseGet(() -> ended(trail, gateway, listener, server, arrival));
    }

    private Path ended(Trail trail, Pod gateway, Listener listener, Server server, Arrival arrival) {
        // Only a server that asks for a certificate learns who its client is.
        Arrival known = server.tls().mode().endsWith("MUTUAL") ? arrival : arrival.from(Attribute.absent());
        return server.isHttp() && !arrival.opaque()
                ? filtered(trail, gateway, listener.port(), List.of(server), known)
                : tracer.connections().gateway(trail, gateway, server, listener.port(), known.asBytes());
    }

    /** The end of a client without the certificate that a server insists on. */
    private static Optional<Verdict> certified(Trail trail, Server server, Arrival arrival) {
        String mode = server.tls().mode();
        if (!mode.equals("MUTUAL") && !mode.equals("ISTIO_MUTUAL")) {
            return Optional.empty();
        }
        Source demand = server.source().at("/tls/mode");
        if (arrival.principal().present().isNo()) {
            trail.step("the client shows no certificate", demand);
            return Optional.of(new Closed("", "the gateway demands a client certificate, and the client shows none"));
        }
        if (mode.equals("MUTUAL") && arrival.principal().present().isYes()) {
            // Only the mesh's own CA vouches for a sidecar; a listener with a CA of its own asks for another
            // certificate.
            trail.doubt("the gateway demands a client certificate of an authority of its own", List.of(demand));
        }
        return Optional.empty();
    }

    /** Clients put no address literal into SNI. */
    private static String sni(String name) {
        boolean literal = name.startsWith("[") || name.matches("[0-9.]+");
        return literal ? "" : name;
    }

    private Path filtered(Trail trail, Pod gateway, int port, List<Server> servers, Arrival arrival) {
        FilterStage.Passed passed = tracer.filters().pass(trail, gateway, port, arrival);
        return passed.end()
                .map(trail::end)
                .orElseGet(() -> tracer.routes().gateway(trail, gateway, servers, passed.arrival()));
    }
}
