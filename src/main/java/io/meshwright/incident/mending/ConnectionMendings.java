package io.meshwright.incident.mending;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.incident.cause.Destination;
import io.meshwright.incident.evidence.Field;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.policy.PeerAuthentications;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.ContainerPort;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Changes where a proxy got no connection, lost it, or spoke another protocol. */
final class ConnectionMendings {
    private static final String TLS = "tls";
    private static final String MODE = "mode";

    private ConnectionMendings() {}

    static void failed(Proposals proposals) {
        String said = "%s %s"
                .formatted(
                        proposals.evidence().text(Field.UPSTREAM_TRANSPORT_FAILURE_REASON),
                        proposals.evidence().text(Field.RESPONSE_CODE_DETAILS))
                .toLowerCase(Locale.ROOT)
                .replace('_', ' ');
        Optional<Source> tls = rule(proposals);
        if (said.contains("wrong version number")) {
            tls.ifPresentOrElse(
                    place -> proposals.add(
                            mode(place, "DISABLE")
                                    .unproved()
                                    .mind(
                                            "It helps where the server speaks plain text; what is sent is then encrypted by nobody.")),
                    () -> proposals.not(
                            "no DestinationRule of these manifests says TLS: the proxy chose it, since the pod has a sidecar by its labels; compare both pods"));
        } else if (said.contains("certificate") || said.contains("ssl routines") || said.contains("tls error")) {
            proposals.not("which certificates both sides show and trust is not told by manifests");
        } else if (said.contains("error: 111") || said.contains("refused") || said.isBlank()) {
            target(proposals);
        } else {
            proposals.not(
                    "what keeps packets away lies in firewalls and nodes; a NetworkPolicy of these manifests would show in the trace");
        }
    }

    /** The server closed the connection: it demands mutual TLS, and the rule of its callers says otherwise. */
    static void terminated(Proposals proposals) {
        Optional<PeerAuthentications.Decision> strict = proposals.destination().flatMap(ConnectionMendings::strict);
        if (strict.isEmpty()) {
            proposals.not(
                    "when the server closes connections is said by the server; keep-alive and restarts are no manifests");
            return;
        }
        rule(proposals)
                .filter(place -> !place.value().path(MODE).asText("").equals("ISTIO_MUTUAL"))
                .ifPresent(place -> proposals.add(mode(place, "ISTIO_MUTUAL").unproved()));
        strict.get()
                .source()
                .filter(place -> place.manifest().kind().equals(Kind.PEER_AUTHENTICATION))
                .ifPresent(
                        place -> proposals.add(
                                new Mending(
                                        "take plain text too (PERMISSIVE)",
                                        place,
                                        permissive(place),
                                        false,
                                        Optional.of(
                                                "It helps only a caller without a sidecar, and lets everybody call without an identity; a sidecar for that caller is the better way."))));
    }

    private static JsonNode permissive(Source place) {
        ObjectNode body = place.manifest().body().deepCopy();
        if (body.at(place.pointer()) instanceof ObjectNode object) {
            (object.has(MODE) ? object : Mending.object(Mending.object(body, "spec"), "mtls")).put(MODE, "PERMISSIVE");
        } else {
            Mending.object(Mending.object(body, "spec"), "mtls").put(MODE, "PERMISSIVE");
        }
        return body;
    }

    private static Optional<PeerAuthentications.Decision> strict(Destination found) {
        return found.pods().stream()
                .findFirst()
                .map(pod -> found.mesh()
                        .peerAuthentications()
                        .of(
                                pod,
                                found.servicePort()
                                        .map(port -> port.on(pod).orElse(0))
                                        .orElse(0)))
                .filter(PeerAuthentications.Decision::isStrict);
    }

    /** Another protocol than the port declares: let proxies speak HTTP/1.1 to it. */
    static void protocol(Proposals proposals) {
        Optional<Source> upgrade = proposals
                .destination()
                .flatMap(found -> found.policy().source("connectionPool"))
                .filter(pool ->
                        pool.value().at("/http/h2UpgradePolicy").asText("").equals("UPGRADE"));
        if (upgrade.isPresent()) {
            proposals.add(Mending.of(
                            "do not upgrade to HTTP/2",
                            upgrade.get().at("/http"),
                            body -> body.put("h2UpgradePolicy", "DO_NOT_UPGRADE"))
                    .unproved());
            return;
        }
        Optional<ServicePort> port = proposals.destination().flatMap(Destination::servicePort);
        if (port.isPresent() && port.get().source().manifest().kind().equals(Kind.SERVICE)) {
            proposals.add(Mending.of(
                            "declare that port %d speaks HTTP/1.1"
                                    .formatted(port.get().number()),
                            port.get().source(),
                            body -> body.put("appProtocol", "http"))
                    .unproved()
                    .mind("It helps where the server speaks no HTTP/2."));
        } else {
            proposals.not("no Service of these manifests declares what the server speaks");
        }
    }

    private static void target(Proposals proposals) {
        Optional<ServicePort> port = proposals.destination().flatMap(Destination::servicePort);
        Optional<Pod> pod =
                proposals.destination().flatMap(found -> found.pods().stream().findFirst());
        List<ContainerPort> declared = pod.map(Pod::ports).orElse(List.of()).stream()
                .filter(each -> each.transport().equals("TCP"))
                .filter(each -> !each.container().equals("istio-proxy"))
                .toList();
        OptionalInt called = port.isPresent() && pod.isPresent() ? port.get().on(pod.get()) : OptionalInt.empty();
        boolean fits = declared.stream().anyMatch(each -> called.isPresent() && each.number() == called.getAsInt());
        if (declared.size() == 1
                && !fits
                && port.isPresent()
                && port.get().source().manifest().kind().equals(Kind.SERVICE)) {
            int number = declared.get(0).number();
            proposals.add(Mending.of(
                            "send port %d to %d, the port that the pods declare"
                                    .formatted(port.get().number(), number),
                            port.get().source(),
                            body -> body.put("targetPort", number))
                    .unproved());
        } else {
            proposals.not("on what port and address the application listens is said by the application");
        }
    }

    private static Optional<Source> rule(Proposals proposals) {
        return proposals.destination().flatMap(found -> found.policy().source(TLS));
    }

    private static Mending mode(Source place, String mode) {
        return Mending.of(
                "set tls.mode from %s to %s".formatted(place.value().path(MODE).asText("SIMPLE"), mode),
                place,
                body -> {
                    body.removeAll();
                    body.put(MODE, mode);
                });
    }
}
