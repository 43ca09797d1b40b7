package io.meshwright.trace.stage;

import io.meshwright.mesh.client.SidecarIngress;
import io.meshwright.mesh.policy.PortSpeech;
import io.meshwright.mesh.policy.TlsOutcome;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Capture;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Unknown;
import java.util.List;
import java.util.Optional;

/** The bytes that the application behind a connection gets to read, against what its port is said to speak. */
final class Speech {
    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;

    private Speech() {}

    /**
     * Returns how the request ends instead of being delivered, if the last proxy says something else than the port
     * speaks.
     */
    static Optional<Verdict> amiss(Arrival arrival, TlsOutcome tls, Service service, ServicePort port) {
        boolean begun = tls.beginsTls();
        if (begun && arrival.content() == Arrival.Content.TLS) {
            return Optional.of(new Closed(
                    "",
                    "the proxy begins TLS around the client's own, so %s answers something else than TLS to the client"
                            .formatted(service)));
        }
        if (begun && arrival.content() == Arrival.Content.HTTP && PortSpeech.isPlain(service, port)) {
            return Optional.of(encrypted(service, port));
        }
        return !begun && arrival.content() == Arrival.Content.HTTP && PortSpeech.isTls(service, port)
                ? Optional.of(plain(service, port))
                : Optional.empty();
    }

    /** TLS at the number that everybody takes for plain HTTP. */
    private static Verdict encrypted(Service service, ServicePort port) {
        return new Unknown(
                "TLS of the proxy's goes to port %d of %s, where plain HTTP is usual"
                        .formatted(PortSpeech.PLAIN, service),
                Optional.of(new Answered(
                        UNAVAILABLE, "UF", "who speaks plain HTTP on port %d takes no TLS".formatted(port.number()))));
    }

    /**
     * Returns how bytes or TLS of the client's own end at a sidecar, which reads HTTP alone on a port that the Service
     * which decides says to carry it, and closes what it cannot read (buildInboundNetworkFiltersForHTTP).
     */
    static Optional<Verdict> unread(
            Arrival arrival, Pod pod, int port, Optional<SidecarIngress> listener, List<ServicePort> claims) {
        boolean strange = arrival.content() != Arrival.Content.HTTP;
        if (!strange || !pod.proxy().isSidecar() || !Capture.inbound(pod, port)) {
            return Optional.empty();
        }
        List<Protocol> protocols = listener.map(SidecarIngress::protocol)
                .map(List::of)
                .orElseGet(() -> claims.stream().map(ServicePort::protocol).toList());
        if (protocols.stream().noneMatch(Protocol::isHttp)) {
            return Optional.empty();
        }
        String sent = arrival.content() == Arrival.Content.BYTES ? "bytes" : "TLS of the client's own";
        return Optional.of(
                protocols.stream().allMatch(Protocol::isHttp)
                        ? new Closed(
                                "", "the sidecar of %s reads HTTP on port %d and gets %s".formatted(pod, port, sent))
                        : Unknown.because(
                                "the oldest of the Services of %s decides whether its sidecar reads HTTP on port %d"
                                        .formatted(pod, port)));
    }

    /**
     * Returns how bytes end where a sidecar looks at the first that a client sends, to tell TLS or HTTP from others,
     * and the client waits for a server that speaks first (requirements, server first protocols).
     */
    static Optional<Verdict> silent(Arrival arrival, ServicePort port, Pod looking, MeshConfig config) {
        if (arrival.content() != Arrival.Content.BYTES
                || !PortSpeech.isServerFirst(port)
                || !config.waitsForFirstBytes()) {
            return Optional.empty();
        }
        Closed hanging = new Closed(
                "",
                "the client waits for a server that speaks first, and the sidecar of %s for the client"
                        .formatted(looking));
        return Optional.of(
                port.protocol() == Protocol.MYSQL && !config.mayLack("/protocolDetectionTimeout")
                        ? hanging
                        : new Unknown(
                                "servers on port %d usually speak first, and the sidecar of %s waits for the client"
                                        .formatted(port.number(), looking),
                                Optional.of(hanging)));
    }

    /** True if a sidecar would not read what arrives, and the manifests do not tell whether the pod has one. */
    static boolean mayBeUnread(Arrival arrival, Pod pod, List<ServicePort> claims) {
        return arrival.content() != Arrival.Content.HTTP
                && pod.proxy().inMesh() == Truth.UNKNOWN
                && claims.stream().anyMatch(claim -> claim.protocol().isHttp());
    }

    /** Plain HTTP at a port of which only the name, the protocol or the number says that it speaks TLS. */
    static Verdict plain(Service service, ServicePort port) {
        return new Unknown(
                "port %d of %s is said to speak TLS, and gets plain HTTP".formatted(port.number(), service),
                Optional.of(new Answered(
                        BAD_REQUEST, "", "who speaks TLS answers plain HTTP so, or closes the connection (503 UC)")));
    }
}
