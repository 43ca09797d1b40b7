package io.meshwright.check.rule.authentication;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.CalledPort;
import io.meshwright.check.evidence.WrittenCall;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.PeerAuthentications.Mode;
import io.meshwright.mesh.policy.PortSpeech;
import io.meshwright.mesh.policy.TlsOutcome;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Capture;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Proxy;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A pod without a proxy speaks plaintext, which a STRICT workload cuts off; callers are known where their own settings
 * name a service.
 */
@AutoService(Inspection.class)
public final class PlaintextCallerAdmitted implements Check {
    public static final Rule PLAINTEXT_CALLER_OF_STRICT = Rule.error("MESH192", "plaintext_caller_of_strict")
            .title("A pod without a proxy calls a service that takes mutual TLS only")
            .consequence("The connection is reset.")
            .remedy("Inject the caller, or make the port PERMISSIVE by portLevelMtls with a reason.");

    public static final Rule SERVER_FIRST_PERMISSIVE = Rule.warning("MESH280", "server_first_permissive")
            .title("A caller in plaintext waits for a server that speaks first")
            .consequence(
                    "The server's proxy waits for the client to tell TLS from plain text: connections begin late or hang.")
            .remedy("Inject the caller, let its DestinationRule begin Istio's mutual TLS, or set the port to DISABLE by"
                    + " portLevelMtls.");

    @Override
    public List<Rule> rules() {
        return List.of(PLAINTEXT_CALLER_OF_STRICT, SERVER_FIRST_PERMISSIVE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Stream<Finding> written = Stream.concat(
                        mesh.pods().all().stream()
                                .filter(PlaintextCallerAdmitted::isBare)
                                .flatMap(pod -> Stream.of(
                                                WrittenCall.of(pod),
                                                WrittenCall.ofJob(pod),
                                                WrittenCall.ofInitContainers(mesh, pod))
                                        .flatMap(List::stream)),
                        OperatorQueries.of(mesh).filter(call -> isBare(call.caller())))
                .flatMap(call -> CalledPort.of(mesh, call)
                        .flatMap(called -> finding(call, called))
                        .limit(1));
        return mesh.config().waitsForFirstBytes() ? Stream.concat(written, ruled(mesh)) : written;
    }

    /** Callers with a proxy to which a DestinationRule says that they speak plaintext. */
    private static Stream<Finding> ruled(Mesh mesh) {
        List<Pod> callers = mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isSidecar())
                .toList();
        Set<Source> told = new HashSet<>();
        return mesh.services().all().stream()
                .flatMap(service -> service.ports().stream()
                        .filter(PortSpeech::isServerFirst)
                        .flatMap(port -> mesh.services().pods(service).stream()
                                .filter(server -> isPermissive(mesh, server, port))
                                .flatMap(server -> callers.stream()
                                        .flatMap(caller -> ruled(mesh, caller, service, port, server).stream()))))
                .filter(finding -> told.add(finding.source().orElseThrow()));
    }

    private static boolean isPermissive(Mesh mesh, Pod server, ServicePort port) {
        return server.proxy().isSidecar()
                && port.on(server).stream()
                        .filter(target -> Capture.inbound(server, target))
                        .anyMatch(target ->
                                mesh.peerAuthentications().of(server, target).mode() == Mode.PERMISSIVE);
    }

    private static Optional<Finding> ruled(Mesh mesh, Pod caller, Service service, ServicePort port, Pod server) {
        TlsOutcome outcome = mesh.clientTls().outcome(caller, service, port, Optional.empty(), server);
        return outcome instanceof TlsOutcome.Plain
                ? outcome.decidedBy().stream()
                        .filter(source -> source.manifest().kind().equals(Kind.DESTINATION_RULE))
                        .findFirst()
                        .map(rule -> SERVER_FIRST_PERMISSIVE.at(
                                rule,
                                ("%s speaks plaintext and waits for the first bytes of %s on port %d, whose proxy waits"
                                                + " to see whether it is TLS")
                                        .formatted(caller, service, port.number())))
                : Optional.empty();
    }

    private static boolean isBare(Pod pod) {
        return pod.proxy().type() == Proxy.Type.NONE;
    }

    private static Stream<Finding> finding(WrittenCall call, CalledPort called) {
        Pod caller = call.caller();
        if (called.decision().mode() == Mode.STRICT) {
            return Stream.of(PLAINTEXT_CALLER_OF_STRICT.at(
                    call.source(),
                    "%s has no proxy (%s) and calls %s on port %d in plaintext, which %s cuts off"
                            .formatted(caller, caller.proxy().why(), called.service(), call.port(), called.decider())));
        }
        return called.decision().mode() != Mode.PERMISSIVE || !PortSpeech.isServerFirst(called.port())
                ? Stream.empty()
                : Stream.of(SERVER_FIRST_PERMISSIVE.at(
                        call.source(),
                        ("%s has no proxy and waits for the first bytes of %s on port %d, whose proxy waits to "
                                        + "see whether it is TLS")
                                .formatted(caller, called.service(), call.port())));
    }
}
