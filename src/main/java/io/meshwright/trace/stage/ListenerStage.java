package io.meshwright.trace.stage;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Listener;
import io.meshwright.mesh.gateway.Listener.Dropped;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.gateway.SniChain;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.UnfilledHost;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Unknown;
import io.meshwright.trace.request.Request;
import io.meshwright.value.istio.IstioPorts;
import java.util.List;
import java.util.Optional;

/** At a gateway: the listener of the port, then the server that SNI chooses, and what becomes of TLS. */
final class ListenerStage {
    private static final int HEALTH_PORT = IstioPorts.STATUS.value();

    private final Mesh mesh;
    private final FilterStage filters;
    private final RouteStage routes;
    private final ConnectionStage connections;

    ListenerStage(Mesh mesh, FilterStage filters, RouteStage routes, ConnectionStage connections) {
        this.mesh = mesh;
        this.filters = filters;
        this.routes = routes;
        this.connections = connections;
    }

    /** True if the gateway would look further into a request for this host on that port. */
    /** {@code encrypted} is false too where TLS of the request was ended before the gateway. */
    boolean serves(Pod gateway, int port, Request request, boolean encrypted) {
        String asked = encrypted ? sni(request.serverName()) : request.http().host();
        return listeners(gateway, port).stream()
                .anyMatch(listener -> listener.servers().stream()
                                .flatMap(server -> server.hostNames().stream())
                                .anyMatch(host ->
                                        UnfilledHost.mayBe(host, asked) || !encrypted && HostName.within(asked, host))
                        || encrypted
                                && !SniChain.best(chains(gateway, listener), asked)
                                        .isEmpty());
    }

    private List<Listener> listeners(Pod gateway, int port) {
        return mesh.gateways().listeners(gateway).stream()
                .filter(listener -> listener.port() == port)
                .toList();
    }

    Path enter(PathRecorder recorder, Pod gateway, int port, Arrival arrival) {
        recorder.at("gateway " + gateway + " port " + port);
        if (recorder.isCircular()) {
            return recorder.end(Verdict.inCircles());
        }
        Discovered.ask(recorder, mesh, gateway.namespace());
        List<Source> sets = mesh.gateways().undecidedListenerSets(gateway);
        if (!sets.isEmpty()) {
            recorder.doubt(
                    "whether %s adds listeners is not among the manifests"
                            .formatted(sets.get(0).manifest()),
                    sets);
        }
        List<Listener> listeners = listeners(gateway, port);
        if (listeners.isEmpty() && port == HEALTH_PORT) {
            return recorder.end(
                    Unknown.because("on port %d a gateway tells itself whether it is ready".formatted(port)));
        }
        ungranted(recorder, gateway);
        if (listeners.isEmpty()) {
            return recorder.end(new Closed(
                    "", "no Gateway opens port %d on %s, so the connection is refused".formatted(port, gateway)));
        }
        if (listeners.size() > 1) {
            return recorder.end(Unknown.because("several servers bind port %d to different addresses".formatted(port)));
        }
        Listener listener = listeners.get(0);
        if (listener.isTls() && !listener.servers().stream().allMatch(Server::isTls)) {
            recorder.step(
                    "the port has servers with and without TLS",
                    listener.servers().stream().map(Server::source).toList());
            return recorder.end(Unknown.because(
                    "Istio leaves it open what becomes of port %d, which has servers with and without TLS"
                            .formatted(port)));
        }
        contested(recorder, listener, arrival);
        return arrival.isEncrypted()
                ? encrypted(recorder, gateway, listener, arrival)
                : plain(recorder, gateway, listener, arrival);
    }

    /** Listeners that istiod does not open, since no ReferenceGrant lets them show their certificates. */
    private void ungranted(PathRecorder recorder, Pod gateway) {
        mesh.gateways()
                .ungranted(gateway)
                .forEach(certificate -> recorder.step(
                        "a listener is left out: no ReferenceGrant lets it show its certificate", certificate));
    }

    /** A server that was left out might serve the host, had its Gateway been created first. */
    private static void contested(PathRecorder recorder, Listener listener, Arrival arrival) {
        for (Dropped dropped : listener.dropped()) {
            boolean concerned = dropped.server().hostNames().stream()
                    .anyMatch(host -> HostName.within(
                            arrival.isEncrypted()
                                    ? arrival.sni()
                                    : arrival.http().host(),
                            host));
            if (concerned && dropped.dependsOnCreationOrder()) {
                recorder.doubt(
                        "which of two Gateways was created first decides who serves port %d: %s"
                                .formatted(listener.port(), dropped.why()),
                        List.of(dropped.kept().source(), dropped.server().source()));
            } else if (concerned) {
                recorder.step(
                        "a server is left out: %s".formatted(dropped.why()),
                        dropped.server().source());
            }
        }
    }

    private Path plain(PathRecorder recorder, Pod gateway, Listener listener, Arrival arrival) {
        List<Server> servers = listener.servers();
        List<Source> sources = servers.stream().map(Server::source).toList();
        if (listener.isTls()) {
            recorder.step("the port takes TLS only", sources);
            return recorder.end(new Closed("", "the client sends plaintext to a port that takes TLS"));
        }
        Server first = servers.get(0);
        if (!reads(first, arrival)) {
            return bytes(recorder, gateway, first, listener.port(), arrival);
        }
        recorder.step("the port takes plain HTTP", sources);
        return filtered(
                recorder, gateway, listener.port(), servers, arrival.asHttp().from(Attribute.absent()));
    }

    /** Ends what is no HTTP at a server of HTTP, which has no place for entries of {@code tcp}. */
    private Path bytes(PathRecorder recorder, Pod gateway, Server server, int port, Arrival arrival) {
        if (server.isHttp()) {
            recorder.step("the server reads HTTP, and the client sends none", server.source());
            return recorder.end(new Closed(
                    "DPE", "the gateway reads HTTP on port %d, and answers 400 to what is none".formatted(port)));
        }
        recorder.step("the port passes bytes on", server.source());
        return connections.gateway(recorder, gateway, server, port, arrival.asBytes());
    }

    /** A server reads HTTP by its own protocol, whatever the port of the Service before it is called. */
    private static boolean reads(Server server, Arrival arrival) {
        return server.isHttp() && arrival.content() == Arrival.Content.HTTP;
    }

    /** A handshake that fails; a proxy that began it for HTTP which it reads answers its client itself. */
    private static Verdict failed(Arrival arrival, String flag, String why) {
        return arrival.opaque() || arrival.content() != Arrival.Content.HTTP
                ? new Closed(flag, why)
                : new Answered(503, "UF", why);
    }

    private List<SniChain> chains(Pod gateway, Listener listener) {
        return SniChain.of(mesh.virtualServices(), gateway, mesh.version(gateway), listener);
    }

    private Path encrypted(PathRecorder recorder, Pod gateway, Listener listener, Arrival arrival) {
        if (!listener.isTls()) {
            recorder.step(
                    "the port takes plaintext only",
                    listener.servers().stream().map(Server::source).toList());
            return recorder.end(failed(arrival, "", "the client begins TLS on a port that takes plaintext"));
        }
        List<SniChain> chains = chains(gateway, listener);
        List<SniChain> twice = SniChain.twice(chains);
        if (!twice.isEmpty()) {
            String name = twice.get(0).host();
            recorder.step(
                    "Envoy takes no listener with the name %s twice".formatted(name),
                    twice.stream().map(SniChain::source).toList());
            return recorder.end(Unknown.because(
                    "Envoy refuses port %d, on which two servers have the name %s, and keeps what it had"
                            .formatted(listener.port(), name)));
        }
        List<SniChain> chosen = SniChain.best(chains, sni(arrival.sni()));
        unfilled(recorder, chains, chosen, arrival.sni());
        if (chosen.isEmpty()) {
            recorder.step(
                    "no server takes the name %s".formatted(arrival.sni()),
                    listener.servers().stream().map(Server::source).toList());
            return recorder.end(failed(
                    arrival,
                    "NR",
                    "no certificate is shown for %s, so the connection is closed before any HTTP"
                            .formatted(arrival.sni())));
        }
        Server server = chosen.get(0).server();
        if (server.isPassthrough()) {
            recorder.step(
                    "TLS is passed on as it is for %s".formatted(arrival.sni()),
                    server.source().at("/tls"));
            return connections.passed(recorder, gateway, chosen.get(0), listener.port(), arrival.asBytes());
        }
        recorder.step(
                "TLS of mode %s ends here for %s".formatted(server.tls().mode(), arrival.sni()),
                server.source().at("/tls"));
        uncertified(recorder, gateway, server);
        return certified(recorder, server, arrival)
                .map(recorder::end)
                .orElseGet(() -> ended(recorder, gateway, listener, server, arrival));
    }

    /** A host that is yet to be filled in may be the name that the client shows, unless another one is exactly that. */
    private static void unfilled(PathRecorder recorder, List<SniChain> chains, List<SniChain> chosen, String sni) {
        if (chosen.stream().noneMatch(chain -> chain.host().equals(sni))) {
            chains.stream()
                    .filter(chain -> UnfilledHost.mayBe(chain.host(), sni))
                    .findFirst()
                    .ifPresent(chain -> recorder.doubt(
                            "the host %s is filled in before it is applied".formatted(chain.host()),
                            List.of(chain.server().source())));
        }
    }

    /** A server without its certificate ends every handshake; the Secret may have been made by hand all the same. */
    private void uncertified(PathRecorder recorder, Pod gateway, Server server) {
        String namespace = server.secretNamespace().orElse(gateway.namespace());
        server.tls()
                .credentialName()
                .filter(name -> !mesh.externals().hasSecret(namespace, name))
                .ifPresent(name -> {
                    Source named = server.secretNamespace().isPresent()
                            ? server.source().at("/tls/certificateRefs/0")
                            : server.source().at("/tls/credentialName");
                    if (mesh.gatewaySecrets().lack(namespace, name)) {
                        recorder.doubt(
                                "without a Secret \"%s\" in namespace \"%s\", where the manifests have none, every TLS handshake ends"
                                        .formatted(name, namespace),
                                List.of(named));
                    }
                    mesh.gatewaySecrets()
                            .unwritten(namespace, name)
                            .ifPresent(origin -> recorder.doubt(
                                    "there is %s to write Secret \"%s\", without which every TLS handshake ends"
                                            .formatted(origin.missing(), name),
                                    List.of(named, origin.place())));
                });
    }

    private Path ended(PathRecorder recorder, Pod gateway, Listener listener, Server server, Arrival arrival) {
        // Only a server that asks for a certificate learns who its client is.
        Arrival known = server.tls().mode().endsWith("MUTUAL")
                ? arrival.ended()
                : arrival.from(Attribute.absent()).ended();
        return reads(server, known)
                ? filtered(recorder, gateway, listener.port(), List.of(server), known.asHttp())
                : bytes(recorder, gateway, server, listener.port(), known);
    }

    /** The end of a client without the certificate that a server insists on. */
    private static Optional<Verdict> certified(PathRecorder recorder, Server server, Arrival arrival) {
        String mode = server.tls().mode();
        if (!mode.equals("MUTUAL") && !mode.equals("ISTIO_MUTUAL")) {
            return Optional.empty();
        }
        Source demand = server.source().at("/tls/mode");
        if (arrival.principal().present().isNo()) {
            recorder.step("the client shows no certificate", demand);
            return Optional.of(new Closed("", "the gateway demands a client certificate, and the client shows none"));
        }
        if (mode.equals("MUTUAL") && arrival.principal().present().isYes()) {
            // Only the mesh's own CA vouches for a sidecar; a listener with a CA of its own asks for another
            // certificate.
            recorder.doubt("the gateway demands a client certificate of an authority of its own", List.of(demand));
        }
        return Optional.empty();
    }

    /** Clients put no address literal into SNI. */
    private static String sni(String name) {
        boolean literal = name.startsWith("[") || name.matches("[0-9.]+");
        return literal ? "" : name;
    }

    private Path filtered(PathRecorder recorder, Pod gateway, int port, List<Server> servers, Arrival arrival) {
        FilterStage.Passed passed = filters.pass(recorder, gateway, port, arrival);
        return passed.end().map(recorder::end).orElseGet(() -> routes.gateway(recorder, gateway, servers, passed));
    }
}
