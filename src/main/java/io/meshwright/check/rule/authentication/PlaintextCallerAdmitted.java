package io.meshwright.check.rule.authentication;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.CalledPort;
import io.meshwright.check.evidence.WrittenCall;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.PeerAuthentications.Mode;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Proxy;
import java.util.List;
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
            .title("A caller without a proxy waits for a server that speaks first")
            .consequence(
                    "The server's proxy waits for the client to tell TLS from plain text: connections begin late or hang.")
            .remedy("Inject the caller, or set the port to DISABLE by portLevelMtls.");

    private static final Set<Integer> SERVER_FIRST = Set.of(21, 25, 110, 143, 3306, 33060);

    @Override
    public List<Rule> rules() {
        return List.of(PLAINTEXT_CALLER_OF_STRICT, SERVER_FIRST_PERMISSIVE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return Stream.concat(
                        mesh.pods().all().stream()
                                .filter(PlaintextCallerAdmitted::isBare)
                                .flatMap(pod -> Stream.concat(
                                        WrittenCall.of(pod).stream(), WrittenCall.ofInitContainers(pod).stream())),
                        OperatorQueries.of(mesh).filter(call -> isBare(call.caller())))
                .flatMap(call -> CalledPort.of(mesh, call)
                        .flatMap(called -> finding(call, called))
                        .limit(1));
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
        boolean first =
                SERVER_FIRST.contains(called.port().number()) || called.port().protocol() == Protocol.MYSQL;
        return called.decision().mode() != Mode.PERMISSIVE || !first
                ? Stream.empty()
                : Stream.of(SERVER_FIRST_PERMISSIVE.at(
                        call.source(),
                        ("%s has no proxy and waits for the first bytes of %s on port %d, whose proxy waits to "
                                        + "see whether it is TLS")
                                .formatted(caller, called.service(), call.port())));
    }
}
