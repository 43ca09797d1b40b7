package io.meshwright.incident.cause;

import io.meshwright.incident.evidence.Evidence;
import io.meshwright.incident.evidence.Field;
import io.meshwright.mesh.policy.PeerAuthentications;
import io.meshwright.mesh.workload.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Why a proxy got no connection, or lost it: flags UF, UC and what the transport says. */
final class ConnectionCauses {
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

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
        if (said.contains("wrong version number")) {
            causes.add(rule(Cause.of(
                    "the proxy began TLS and %s answered in plain text".formatted(server()),
                    "Let the DestinationRule say no TLS for it, or give the server a sidecar or a certificate.")));
        }
        if (said.contains("certificate verify failed") || said.contains("san")) {
            causes.add(
                    rule(
                            Cause.of(
                                    "the proxy does not trust the certificate of %s".formatted(server()),
                                    "Compare caCertificates, subjectAltNames and sni of the DestinationRule with the certificate that it shows.")));
        }
        if (said.contains("handshake") || said.contains("alert") || said.contains("certificate required")) {
            causes.add(
                    rule(
                            Cause.of(
                                    "%s refused the TLS handshake: it demands a client certificate, or other versions and ciphers"
                                            .formatted(server()),
                                    "Use ISTIO_MUTUAL towards servers of the mesh, MUTUAL towards others that ask for a certificate.")));
        }
        if (said.contains("111") || said.contains("refused")) {
            causes.add(listens());
        }
        if (said.contains("timeout") || said.contains("110") || isTimeout()) {
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
