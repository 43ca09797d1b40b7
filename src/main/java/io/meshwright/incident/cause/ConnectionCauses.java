package io.meshwright.incident.cause;

import io.meshwright.incident.evidence.Evidence;
import io.meshwright.incident.evidence.Field;
import io.meshwright.mesh.policy.PeerAuthentications;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.workload.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Why a proxy got no connection, or lost it: flags UF, UC and what the transport says. */
final class ConnectionCauses {
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
    private static final int LONG_MILLIS = 1_000;

    private final Evidence evidence;
    private final Optional<Destination> destination;
    private final String said;

    ConnectionCauses(Evidence evidence, Optional<Destination> destination) {
        this.evidence = evidence;
        this.destination = destination;
        this.said = "%s %s"
                .formatted(
                        evidence.text(Field.UPSTREAM_TRANSPORT_FAILURE_REASON),
                        evidence.text(Field.RESPONSE_CODE_DETAILS))
                .toLowerCase(Locale.ROOT)
                .replace('_', ' ');
    }

    List<Cause> causes() {
        List<Cause> causes = new ArrayList<>();
        if (said.contains("tls error") || said.contains("ssl routines") || said.contains("certificate")) {
            causes.addAll(new TlsCauses(said, server(), this::rule).causes());
        } else if (isErrno(113) || isErrno(101)) {
            causes.add(
                    Cause.of(
                            "there is no way to %s: the address is gone, or a firewall on the way turns packets away"
                                    .formatted(server()),
                            "Look whether the pod still has that address, and at firewalls of the nodes (firewalld among them)."));
        } else if (isErrno(111) || said.contains("refused")) {
            causes.add(listens());
        } else if (said.contains("timeout") || isErrno(110) || isTimeout()) {
            causes.add(
                    Cause.of(
                            "nothing answered the connection to %s: a NetworkPolicy or firewall drops it, or the address is gone"
                                    .formatted(server()),
                            "Trace the request: it knows the network policies that are given; then look at routes and firewalls between the nodes."));
        }
        if (causes.isEmpty()) {
            causes.add(listens());
            plainText().ifPresent(causes::add);
        }
        return causes;
    }

    /** The server closed a connection on which an answer was due; how long it took tells of why. */
    List<Cause> terminated() {
        List<Cause> causes = new ArrayList<>();
        OptionalInt millis = evidence.duration();
        if (millis.isPresent() && millis.getAsInt() >= LONG_MILLIS) {
            causes.add(
                    Cause.of(
                            "the server closed the connection before it answered, after %d s: it, or what stands before it, waits no longer than that, or it ended while it worked"
                                    .formatted(Math.round(millis.getAsInt() / 1000.0)),
                            "Look for a timeout of that length in the server, and for restarts at that time; tries of the route repeat what is not done yet."));
        } else {
            causes.add(
                    Cause.of(
                            "the server closed the connection before it answered: an idle one at the moment at which it was used again",
                            "Let the server keep idle connections for longer than its callers do (idleTimeout of the DestinationRule, 1 h by default), or let the route try again on reset."));
            undeclared().ifPresent(causes::add);
        }
        return causes;
    }

    /** HTTP/2 servers end streams that they do not take. */
    Cause reset() {
        return said.contains("refused stream")
                ? Cause.of(
                        "the server refused the stream: it is shutting down, or has as many at a time as it allows",
                        "Such a request was not begun and may be tried again (retryOn refused-stream); look at the server's limit of streams.")
                : Cause.of(
                        "the server reset the stream",
                        "Look at its log; HTTP/2 servers reset what they do not take, and sidecars whose pod ends.");
    }

    /** The port that decides what both sides speak, where somebody may speak something else there. */
    Optional<Cause> undeclared() {
        return destination
                .flatMap(Destination::servicePort)
                .map(port -> Cause.of(
                                "port %d of %s is declared as %s, and one side speaks something else"
                                        .formatted(
                                                port.number(),
                                                destination
                                                        .map(found ->
                                                                found.service().host())
                                                        .orElse(""),
                                                port.protocol() == Protocol.SNIFFED
                                                        ? "nothing"
                                                        : port.protocol().name()),
                                "Name the port, or its appProtocol, after what the server speaks; two ports with one target must say the same.")
                        .by(port.source()));
    }

    /** As Linux numbers why connecting failed; other digits are those of addresses and of TLS. */
    private boolean isErrno(int number) {
        return said.matches(".*connect error: ?%d\\b.*".formatted(number));
    }

    private boolean isTimeout() {
        OptionalInt duration = evidence.duration();
        return duration.isPresent() && duration.getAsInt() >= CONNECT_TIMEOUT_MILLIS;
    }

    private String server() {
        return destination
                .map(Destination::toString)
                .or(() -> evidence.value(Field.UPSTREAM_HOST))
                .orElse("the server");
    }

    private Cause listens() {
        boolean undeclared = evidence.cluster()
                .filter(cluster -> cluster.name().startsWith("InboundPassthroughCluster"))
                .isPresent();
        if (undeclared) {
            return Cause.of(
                    "nothing listens at %s: no Service declares that port of the pod, and its container has not opened it"
                            .formatted(evidence.value(Field.UPSTREAM_HOST).orElse("that port")),
                    "Look at who calls a port that is none of a Service, and whether the container listens on all addresses there.");
        }
        String target = destination
                .flatMap(found -> found.servicePort()
                        .flatMap(port -> found.pods().stream()
                                .map(port::on)
                                .filter(OptionalInt::isPresent)
                                .findFirst()
                                .map(number -> "port %d of its pods".formatted(number.getAsInt()))))
                .orElse("that port");
        Cause cause = Cause.of(
                "nothing listens on %s behind %s: another port, 127.0.0.1 only, or it has not started"
                        .formatted(target, server()),
                "Compare the Service's targetPort with what the container listens on; let it listen on all addresses.");
        return destination.map(found -> cause.by(found.source())).orElse(cause);
    }

    private Cause rule(Cause cause) {
        return destination
                .flatMap(found -> found.policy().source("tls"))
                .map(cause::by)
                .orElse(cause);
    }

    /** Of a server that ends connections: which rule of its pods demands mutual TLS. */
    Optional<Cause> plainText() {
        return destination.flatMap(found -> found.pods().stream().findFirst().flatMap(pod -> strict(found, pod)));
    }

    private static Optional<Cause> strict(Destination found, Pod pod) {
        PeerAuthentications policies = found.mesh().peerAuthentications();
        int port = found.servicePort()
                .map(each -> each.on(pod))
                .filter(OptionalInt::isPresent)
                .map(OptionalInt::getAsInt)
                .orElse(0);
        PeerAuthentications.Decision demanded = policies.of(pod, port);
        if (demanded.mode() != PeerAuthentications.Mode.STRICT) {
            return Optional.empty();
        }
        Cause cause = Cause.of(
                "%s demands mutual TLS, and whoever calls without a sidecar, or with TLS DISABLE, is cut off"
                        .formatted(pod),
                "Give the caller a sidecar, or admit plain text on that port for as long as it needs.");
        return Optional.of(demanded.source().map(cause::by).orElse(cause));
    }
}
