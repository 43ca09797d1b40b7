package io.meshwright.trace.stage;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Unknown;
import io.meshwright.trace.stage.NetworkStage.Connection;
import java.util.List;
import java.util.Optional;

/** Connections that a proxy begins with the PROXY protocol, before TLS of its own (applyUpstreamProxyProtocol). */
final class PrefacedCalls {
    private PrefacedCalls() {}

    /** The setting of a DestinationRule that makes them so. */
    static Optional<Source> begun(Mesh mesh, Connection connection) {
        Pod client = connection.client();
        boolean reads = !client.proxy().inMesh().isNo() && !client.proxy().isZtunnel();
        return Optional.of(client)
                .filter(pod -> reads)
                .flatMap(pod -> mesh.destinationRules().seenBy(Client.of(pod), connection.service()))
                .flatMap(rule -> rule.policy(connection.port().number(), connection.subset())
                        .source("proxyProtocol"));
    }

    /** The end of such a connection, which hardly anybody reads who is not told to. */
    static Optional<Path> end(PathRecorder recorder, Mesh mesh, Connection connection, Arrival arrival) {
        return begun(mesh, connection).map(setting -> {
            recorder.step("the connection begins with the PROXY protocol", List.of(setting));
            Verdict unread = Failures.of(
                    connection.client(), arrival, "UC", "who does not read the PROXY protocol closes the connection");
            return recorder.end(new Unknown(
                    "the connection begins with the PROXY protocol, and whether %s reads it is not among the manifests"
                            .formatted(connection.service()),
                    Optional.of(unread)));
        });
    }
}
