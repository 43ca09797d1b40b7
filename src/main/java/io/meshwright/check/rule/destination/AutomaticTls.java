package io.meshwright.check.rule.destination;

import io.meshwright.check.Finding;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.CalledPort;
import io.meshwright.check.evidence.WrittenCall;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Place;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Mutual TLS that callers begin by themselves, since the server's pod has a proxy, at a port where that proxy does not
 * end it: kept out of its capture, or switched off behind a headless Service.
 */
final class AutomaticTls {
    private static final Set<Failure> UNENDED = Set.of(Failure.MUTUAL_TO_UNCAPTURED, Failure.MUTUAL_TO_DISABLED);
    private static final List<String> CAPTURE = List.of("excludeInboundPorts", "includeInboundPorts");

    private AutomaticTls() {}

    /** One for each written call that meets such a port, and a note of such ports for which none is written. */
    static Stream<Finding> findings(Mesh mesh) {
        List<Finding> written = written(mesh).toList();
        Set<Place> told = written.stream().map(Finding::place).collect(Collectors.toSet());
        return Stream.concat(written.stream(), unwritten(mesh).filter(note -> !told.contains(note.place())));
    }

    /** The API server calls webhooks without a proxy. */
    private static Stream<Finding> unwritten(Mesh mesh) {
        List<Pod> callers = mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isSidecar() && pod.proxy().inMesh().isYes())
                .toList();
        Set<String> webhooks = Stream.of(Kind.VALIDATING_WEBHOOK, Kind.MUTATING_WEBHOOK)
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .flatMap(object -> Fields.items(object.at("/webhooks")).stream())
                .map(webhook -> webhook.at("/clientConfig/service"))
                .map(service -> "%s/%s"
                        .formatted(
                                service.path("namespace").asText(),
                                service.path("name").asText()))
                .collect(Collectors.toSet());
        return mesh.services().all().stream()
                .filter(service -> service.isKubernetes()
                        && !webhooks.contains("%s/%s".formatted(service.namespace(), service.name())))
                .flatMap(service -> service.ports().stream()
                        .flatMap(port -> mesh.services().pods(service).stream()
                                .filter(AutomaticTls::keepsPorts)
                                .flatMap(server -> callers.stream()
                                        .filter(caller -> caller != server
                                                && service.export().reaches(caller.namespace()))
                                        .findFirst()
                                        .flatMap(caller -> unwritten(mesh, caller, service, port, server))
                                        .stream()))
                        .limit(1));
    }

    private static boolean keepsPorts(Pod pod) {
        return CAPTURE.stream().map(IstioAnnotations.TRAFFIC::concat).anyMatch(pod.annotations()::containsKey);
    }

    private static Optional<Finding> unwritten(Mesh mesh, Pod caller, Service service, ServicePort port, Pod server) {
        return broken(mesh, caller, service, port, server)
                .filter(broken -> broken.failure() == Failure.MUTUAL_TO_UNCAPTURED)
                .map(broken -> TlsAgrees.TLS_DISAGREES
                        .at(
                                place(broken, server),
                                "sidecars that call %s on port %d do so in vain: %s"
                                        .formatted(
                                                service,
                                                port.number(),
                                                broken.failure().sentence()))
                        .as(Severity.INFO)
                        .remedy("Write a DestinationRule of mode DISABLE for the port, unless nobody in the mesh calls"
                                + " it."));
    }

    private static Stream<Finding> written(Mesh mesh) {
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
        return broken(mesh, call.caller(), service, port, server)
                .map(broken -> TlsAgrees.TLS_DISAGREES
                        .at(
                                place(broken, server),
                                "%s calls %s on port %d in vain: %s"
                                        .formatted(
                                                call.caller(),
                                                service,
                                                port.number(),
                                                broken.failure().sentence()))
                        .remedy("Write a DestinationRule of mode DISABLE for the port, or let the server's proxy take"
                                + " mutual TLS there."));
    }

    private static Optional<TlsOutcome.Broken> broken(
            Mesh mesh, Pod caller, Service service, ServicePort port, Pod server) {
        TlsOutcome outcome = mesh.clientTls().outcome(caller, service, port, Optional.empty(), server);
        boolean led = outcome.decidedBy().stream()
                .anyMatch(source -> source.manifest().kind().equals(Kind.DESTINATION_RULE));
        return outcome instanceof TlsOutcome.Broken broken && !led && UNENDED.contains(broken.failure())
                ? Optional.of(broken)
                : Optional.empty();
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
