package io.meshwright.check.rule.destination;

import io.meshwright.check.Finding;
import io.meshwright.check.evidence.CalledPort;
import io.meshwright.check.evidence.WrittenCall;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.TlsOutcome;
import io.meshwright.mesh.policy.TlsOutcome.Failure;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Mutual TLS that callers begin by themselves, since the server's pod has a proxy, at a port where that proxy does not
 * end it: kept out of its capture, or switched off behind a headless Service.
 */
final class AutomaticTls {
    private static final Set<Failure> UNENDED = Set.of(Failure.MUTUAL_TO_UNCAPTURED, Failure.MUTUAL_TO_DISABLED);
    private static final List<String> CAPTURE = List.of("excludeInboundPorts", "includeInboundPorts");

    private AutomaticTls() {}

    /** One for each written call that meets such a port. */
    static Stream<Finding> findings(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isSidecar())
                .flatMap(pod -> WrittenCall.of(pod).stream())
                .flatMap(call -> CalledPort.service(mesh, call)
                        .flatMap(service -> service.port(call.port()).stream()
                                .flatMap(port -> mesh.services().pods(service).stream()
                                        .filter(server -> server != call.caller())
                                        .flatMap(server -> finding(mesh, call, service, port, server).stream())))
                        .limit(1));
    }

    private static Optional<Finding> finding(
            Mesh mesh, WrittenCall call, Service service, ServicePort port, Pod server) {
        TlsOutcome outcome = mesh.clientTls().outcome(call.caller(), service, port, Optional.empty(), server);
        boolean led = outcome.decidedBy().stream()
                .anyMatch(source -> source.manifest().kind().equals(Kind.DESTINATION_RULE));
        return !(outcome instanceof TlsOutcome.Broken broken) || led || !UNENDED.contains(broken.failure())
                ? Optional.empty()
                : Optional.of(TlsAgrees.TLS_DISAGREES
                        .at(
                                place(outcome, server),
                                "%s calls %s on port %d in vain: %s"
                                        .formatted(
                                                call.caller(),
                                                service,
                                                port.number(),
                                                broken.failure().sentence()))
                        .remedy("Write a DestinationRule of mode DISABLE for the port, or let the server's proxy take"
                                + " mutual TLS there."));
    }

    private static Source place(TlsOutcome outcome, Pod server) {
        return outcome.decidedBy().stream()
                .findFirst()
                .orElseGet(() -> CAPTURE.stream()
                        .map(IstioAnnotations.TRAFFIC::concat)
                        .filter(server.annotations()::containsKey)
                        .findFirst()
                        .map(server.source()::annotation)
                        .orElse(server.source()));
    }
}
