package io.meshwright.trace.stage;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.client.SidecarIngress;
import io.meshwright.mesh.firewall.NetworkPeer;
import io.meshwright.mesh.firewall.NetworkPolicy.Admission;
import io.meshwright.mesh.policy.PeerAuthentications;
import io.meshwright.mesh.policy.TlsOutcome;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.waypoint.Waypoint;
import io.meshwright.mesh.workload.Capture;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.answer.DeliveryTarget;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Unknown;
import io.meshwright.value.istio.IstioPorts;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From a proxy to a pod: NetworkPolicies, TLS on both sides, then the filters of the pod's own sidecar. */
final class NetworkStage {
    private static final Set<Integer> PROXY_PORTS = Set.of(IstioPorts.OUTBOUND.value(), IstioPorts.INBOUND.value());

    private final Mesh mesh;
    private final FilterStage filters;
    private final NextProxy next;

    NetworkStage(Mesh mesh, FilterStage filters, NextProxy next) {
        this.mesh = mesh;
        this.filters = filters;
        this.next = next;
    }

    /**
     * A call to a service; the client is the pod whose proxy, or else whose application, opens the connection, and
     * {@code upgraded} says why the client's proxy sends a WebSocket over HTTP/2, if it does.
     */
    record Connection(
            Pod client, Service service, ServicePort port, Optional<String> subset, Optional<Source> upgraded) {}

    /** The pods of one endpoint set; they share the requests by their number. */
    Path enter(PathRecorder recorder, Connection connection, List<Pod> pods, Arrival arrival) {
        boolean counted = pods.stream().allMatch(pod -> pod.replicas().isPresent());
        double total = counted
                ? pods.stream().mapToInt(pod -> pod.replicas().orElse(1)).sum()
                : pods.size();
        Path path = recorder.fork(
                pods,
                pod -> (counted ? pod.replicas().orElse(1) : 1) / total,
                Pod::toString,
                pod -> rest -> called(rest, connection, pod, arrival));
        boolean divided = path.verdict() instanceof Verdict.Split;
        return counted || !divided
                ? path
                : new Path(
                        path.hops(),
                        path.handlings(),
                        path.branches(),
                        new Unknown(
                                "how many pods each workload behind %s has decides".formatted(connection.service()),
                                Optional.of(path.verdict())));
    }

    /** One of them, unless a call to its own address goes through a waypoint first. */
    private Path called(PathRecorder recorder, Connection connection, Pod pod, Arrival arrival) {
        Optional<Waypoint> found = mesh.waypoints().between(connection.client(), connection.service(), pod);
        if (found.isPresent() && recorder.isEmpty()) {
            recorder.at("call to %s".formatted(pod));
        }
        return WaypointStage.before(recorder, found)
                .map(waypoint -> next.waypoint(recorder, connection, waypoint, pod, arrival))
                .orElseGet(() -> pod(recorder, connection, pod, arrival));
    }

    Path pod(PathRecorder recorder, Connection connection, Pod pod, Arrival sent) {
        int port = connection.port().on(pod).orElseThrow();
        recorder.at(pod + " port " + port);
        if (!pod.proxy().inMesh().isNo()) {
            Discovered.ask(recorder, mesh, pod.namespace());
        }
        Optional<SidecarIngress> listener = mesh.sidecars().ingress(pod, port);
        TlsOutcome met = mesh.clientTls()
                .outcome(connection.client(), connection.service(), connection.port(), connection.subset(), pod);
        boolean opened = isOpened(met, listener, sent);
        Arrival arrival = opened ? sent.opened() : sent;
        int wire = met.port(port);
        Admission admission = mesh.networkPolicies().between(connection.client(), pod, wire);
        List<ServicePort> claims = mesh.inboundPorts().deciding(pod, connection.port());
        TlsOutcome tls = opened
                ? new TlsOutcome.Plain(met.decidedBy())
                : settled(connection, pod, met, admission, Speech.mayBeUnread(arrival, pod, claims));
        if (!admission.decidedBy().isEmpty()) {
            recorder.step("NetworkPolicy: " + words(admission), admission.decidedBy());
        }
        if (admission.admitted().isNo()) {
            return recorder.end(Failures.of(
                    connection.client(),
                    arrival,
                    "UF",
                    "NetworkPolicy keeps the caller away from %s port %d, so connecting times out"
                            .formatted(pod, wire)));
        }
        if (!admission.admitted().isYes()) {
            recorder.doubt(
                    "NetworkPolicies ask for labels or addresses that the manifests do not tell",
                    admission.decidedBy());
        }
        recorder.step(opened ? "the Sidecar ends the client's own TLS" : tls.sentence(), tls.decidedBy());
        if (pod.proxy().isSidecar() && PROXY_PORTS.contains(port)) {
            return recorder.end(new Closed("", "calls to port %d of a proxy are cut off".formatted(port)));
        }
        if (tls instanceof TlsOutcome.Broken broken) {
            return recorder.end(Failures.of(
                    connection.client(),
                    arrival,
                    broken.failure().flag(),
                    broken.failure().sentence()));
        }
        Optional<Path> prefaced = PrefacedCalls.end(recorder, mesh, connection, arrival);
        if (prefaced.isPresent()) {
            return prefaced.get();
        }
        listener.filter(found -> !found.endpoint().isEmpty())
                .ifPresent(found ->
                        recorder.step("the Sidecar hands it to %s".formatted(found.endpoint()), found.source()));
        Optional<Verdict> unread = Speech.unread(arrival, pod, port, listener, claims);
        if (unread.isPresent()) {
            recorder.step(
                    "the sidecar reads HTTP",
                    listener.map(SidecarIngress::source)
                            .orElse(connection.port().source()));
            return recorder.end(unread.get());
        }
        if (listener.isEmpty() && tls instanceof TlsOutcome.Plain && looks(pod, port)) {
            Optional<Verdict> silent = Speech.silent(arrival, connection.port(), pod, mesh.config());
            if (silent.isPresent()) {
                recorder.step("the sidecar looks at the first bytes to tell TLS from plaintext", pod.source());
                return recorder.end(silent.get());
            }
        }
        Optional<Protocol> heard = heard(connection, pod, port);
        if (heard.isEmpty() && mattersHowRead(pod, arrival)) {
            recorder.doubt(
                    "the oldest of the Services of %s decides whether its sidecar reads HTTP on port %d"
                            .formatted(pod, port),
                    claims.stream().map(ServicePort::source).toList());
        }
        boolean http = heard.orElse(connection.port().protocol()).mayBeHttp();
        Arrival arrived = arrived(connection, pod, http ? arrival : arrival.asBytes(), tls);
        return pod.proxy().isGateway()
                ? answered(connection.client(), arrival, gateway(recorder, connection, pod, port, arrived, tls))
                : sidecar(recorder, connection, pod, port, arrived, http, tls, arrival);
    }

    /** True if a pod's sidecar takes TLS and plaintext on a port, whoever decides it. */
    private boolean looks(Pod pod, int port) {
        PeerAuthentications.Decision decision = mesh.peerAuthentications().of(pod, port);
        return pod.proxy().isSidecar()
                && pod.proxy().inMesh().isYes()
                && Capture.inbound(pod, port)
                && decision.mode() == PeerAuthentications.Mode.PERMISSIVE
                && !decision.dependsOnCreationOrder();
    }

    /**
     * A proxy that nobody tells of does not matter to what it would pass on as well, unless something is there for it,
     * or for a tunnel's port, to heed.
     */
    private TlsOutcome settled(Connection connection, Pod pod, TlsOutcome met, Admission admission, boolean unread) {
        if (unread && met instanceof TlsOutcome.Plain plain) {
            return new TlsOutcome.Unknown(pod.proxy().why(), plain.decidedBy());
        }
        if (!(met instanceof TlsOutcome.Either either)) {
            return met;
        }
        boolean matters = unread
                || !admission.decidedBy().isEmpty()
                || !mesh.authorizationPolicies().of(pod).isEmpty()
                || mesh.sidecars().of(pod).isPresent()
                || mesh.waypoints().mayServe(connection.service());
        return matters ? new TlsOutcome.Unknown(either.why(), either.decidedBy()) : met;
    }

    /** True if the client's application itself begins the TLS for which the Sidecar has a certificate of its own. */
    private static boolean isOpened(TlsOutcome tls, Optional<SidecarIngress> listener, Arrival arrival) {
        return tls instanceof TlsOutcome.Broken broken
                && broken.failure() == TlsOutcome.Failure.PLAIN_TO_OWN_TLS
                && arrival.content() == Arrival.Content.TLS
                && listener.flatMap(SidecarIngress::ownTls)
                        .filter(mode -> !mode.endsWith("MUTUAL"))
                        .isPresent();
    }

    /** The protocol as which a pod's proxy reads its port, as far as the manifests tell. */
    private Optional<Protocol> heard(Connection connection, Pod pod, int port) {
        return mesh.sidecars()
                .ingress(pod, port)
                .map(SidecarIngress::protocol)
                .or(() -> pod.proxy().isSidecar()
                        ? mesh.inboundPorts().protocol(pod, connection.port())
                        : Optional.of(connection.port().protocol()));
    }

    /** True if it makes a difference to what a sidecar refuses. */
    private boolean mattersHowRead(Pod pod, Arrival arrival) {
        return arrival.content() == Arrival.Content.HTTP
                && pod.proxy().isSidecar()
                && !(mesh.authorizationPolicies().of(pod).isEmpty()
                        && mesh.requestAuthentications().of(pod).isEmpty());
    }

    static String words(Admission admission) {
        return switch (admission.admitted()) {
            case YES -> "admitted";
            case NO -> "no rule admits it";
            case UNKNOWN -> "may be admitted";
        };
    }

    private Arrival arrived(Connection connection, Pod pod, Arrival arrival, TlsOutcome tls) {
        Pod client = connection.client();
        Attribute principal = tls.principal(mesh.config()
                .principals(client.namespace(), client.serviceAccount())
                .get(0));
        return arrival.forwarded().from(principal).at(Attribute.unknown(), remote(connection, pod, arrival));
    }

    /**
     * A sidecar trusts the last entry of X-Forwarded-For, which is the address that a gateway in front saw, and which
     * sidecars leave as their applications write it; a gateway counts its trusted proxies.
     */
    private Attribute remote(Connection connection, Pod pod, Arrival arrival) {
        if (connection.client().proxy().isGateway()) {
            return arrival.address();
        }
        int trusted = pod.proxy().isGateway() ? mesh.config().trustedProxies() : 1;
        return trusted > 0 ? ForwardedFor.fromRight(arrival.http(), trusted) : Attribute.unknown();
    }

    /** A proxy that reads HTTP, and whose connection to a gateway is refused or closed, answers its client itself. */
    private static Path answered(Pod client, Arrival sent, Path path) {
        if (!(path.verdict() instanceof Closed closed) || closed.equals(Verdict.inCircles())) {
            return path;
        }
        // Without a flag, or without a chain for the name, the connection was never made.
        String flag = Set.of("", "NR").contains(closed.flag()) ? "UF" : "UC";
        return Failures.of(client, sent, flag, closed.why()) instanceof Answered answered
                ? new Path(path.hops(), path.handlings(), path.branches(), answered)
                : path;
    }

    /** A gateway inside, as on the way out of the mesh. */
    private Path gateway(
            PathRecorder recorder, Connection connection, Pod gateway, int port, Arrival arrival, TlsOutcome tls) {
        boolean plain = tls instanceof TlsOutcome.Plain && !arrival.isEncrypted();
        Optional<Verdict> broken = WebSockets.broken(connection, gateway.proxy(), arrival);
        if (broken.isPresent()) {
            return recorder.end(broken.get());
        }
        return next.gateway(recorder, gateway, port, plain ? arrival : secured(connection, arrival, tls));
    }

    /**
     * The name that the client's proxy shows where it begins TLS itself: the DestinationRule's, else Istio's own
     * (cluster_tls.go).
     */
    private Arrival secured(Connection connection, Arrival arrival, TlsOutcome tls) {
        return arrival.isEncrypted() && !tls.knowsPrincipal().isYes() ? arrival : arrival.withSni(name(connection));
    }

    private String name(Connection connection) {
        int number = connection.port().number();
        String usual = "outbound_.%d_.%s_.%s"
                .formatted(
                        number,
                        connection.subset().orElse(""),
                        connection.service().host());
        return mesh.destinationRules()
                .seenBy(Client.of(connection.client()), connection.service())
                .map(rule -> rule.policy(number, connection.subset())
                        .tls()
                        .path("sni")
                        .asText(usual))
                .orElse(usual);
    }

    private Path sidecar(
            PathRecorder recorder,
            Connection connection,
            Pod pod,
            int port,
            Arrival arrival,
            boolean http,
            TlsOutcome tls,
            Arrival before) {
        boolean mutual = tls instanceof TlsOutcome.Mutual;
        Arrival met = mutual ? arrival.showing(name(connection)) : arrival;
        Arrival read = mutual && isTold(connection, pod, port) ? met : read(pod, met, http);
        FilterStage.Passed passed = filters.pass(recorder, pod, port, read);
        Arrival sent = arrival.opaque() ? passed.arrival().asBytes() : passed.arrival();
        DeliveryTarget target = new DeliveryTarget(
                connection.service().host(),
                connection.subset(),
                connection.port().number(),
                1,
                List.of(pod.toString()));
        boolean opened = tls instanceof TlsOutcome.Plain
                && mesh.sidecars()
                        .ingress(pod, port)
                        .flatMap(SidecarIngress::ownTls)
                        .isPresent();
        Verdict delivered = (opened
                        ? Optional.<Verdict>empty()
                        : Speech.amiss(arrival, tls, connection.service(), connection.port()))
                .or(() -> WebSockets.broken(connection, pod.proxy(), sent))
                .or(() -> GrpcCalls.lowered(mesh, connection, tls, sent))
                .or(() -> RaisedCalls.raised(mesh, connection, pod.proxy(), tls, sent))
                .orElse(new Delivered(List.of(target)));
        Optional<Verdict> end = passed.end()
                .map(refused -> atClient(connection.client(), pod, before, refused))
                .map(refused -> pod.proxy().inMesh() == Truth.UNKNOWN && !(tls instanceof TlsOutcome.Unknown)
                        ? new Unknown(pod.proxy().why(), Optional.of(refused))
                        : refused);
        if (tls instanceof TlsOutcome.Unknown unknown && !(end.isPresent() && end.get() instanceof Verdict.Unknown)) {
            return recorder.end(
                    delivered instanceof Verdict.Unknown && end.isEmpty()
                            ? delivered
                            : new Unknown(unknown.why(), Optional.of(end.orElse(delivered))));
        }
        Verdict found = end.orElse(delivered);
        return recorder.end(
                tls instanceof TlsOutcome.Either either && !found.isDelivered() && !(found instanceof Unknown)
                        ? new Unknown(either.why(), Optional.of(found))
                        : found);
    }

    /**
     * True if the server's proxy goes by what the caller's says of the connection (its ALPN), and does not look itself:
     * on a port that says no protocol (inboundPermissiveFilterChainMatchWithMxcOptions).
     */
    private boolean isTold(Connection connection, Pod pod, int port) {
        return !pod.proxy().isZtunnel()
                && !heard(connection, pod, port)
                        .orElse(connection.port().protocol())
                        .isHttp();
    }

    /**
     * As the server's proxy reads it, whatever the caller's took it for. A ztunnel reads no HTTP, so it closes what it
     * refuses, and knows nothing of tokens, methods or paths.
     */
    private static Arrival read(Pod pod, Arrival arrival, boolean http) {
        if (pod.proxy().isZtunnel()) {
            return arrival.asBytes();
        }
        return http && arrival.content() == Arrival.Content.HTTP ? arrival.asHttp() : arrival;
    }

    /**
     * A proxy that reads HTTP sees a ztunnel refuse its tunnel, or a sidecar close what it takes for bytes, and answers
     * the client itself; {@code arrival} is what that proxy sends.
     */
    private static Verdict atClient(Pod client, Pod pod, Arrival arrival, Verdict refused) {
        boolean seen = (!pod.proxy().answersRefusals() || !arrival.opaque())
                && !client.proxy().isZtunnel()
                && (client.proxy().inMesh().isYes() || client.proxy().isPassing());
        return seen && refused instanceof Closed closed ? Failures.of(client, arrival, "UC", closed.why()) : refused;
    }

    /** The end of a pod's call to a host outside the cluster, if NetworkPolicies stop it. */
    Optional<Verdict> leaving(PathRecorder recorder, Connection connection, Arrival arrival) {
        Service.Reach reach = connection.service().reach();
        // The addresses of an entry that DNS resolves are only the proxy's own names for it; they are never on the
        // wire.
        List<String> written = reach.resolution().equals("NONE")
                ? reach.addresses()
                : reach.endpoints().stream().map(Service.Endpoint::address).toList();
        boolean single = written.size() == 1 && written.get(0).matches("[0-9.]+|[0-9a-f:]*:[0-9a-f:]*");
        return leaving(
                recorder,
                connection.client(),
                single ? NetworkPeer.at(written.get(0)) : NetworkPeer.outside(),
                connection.port().targetNumber(),
                arrival);
    }

    /** The same for a peer's port. */
    Optional<Verdict> leaving(PathRecorder recorder, Pod client, NetworkPeer peer, int port, Arrival arrival) {
        Admission admission = mesh.networkPolicies().egress(client, peer, port, "TCP");
        if (!admission.decidedBy().isEmpty()) {
            recorder.step("NetworkPolicy: " + words(admission), admission.decidedBy());
        }
        if (admission.admitted() == Truth.UNKNOWN) {
            recorder.doubt(
                    "the NetworkPolicies of the caller admit some addresses only, and DNS says which the host has",
                    List.of());
        }
        return admission.admitted().isNo()
                ? Optional.of(Failures.of(
                        client,
                        arrival,
                        "UF",
                        "NetworkPolicy keeps the caller from port %d outside, so connecting times out".formatted(port)))
                : Optional.empty();
    }
}
