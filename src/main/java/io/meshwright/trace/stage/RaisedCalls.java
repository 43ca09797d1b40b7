package io.meshwright.trace.stage;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.client.UpstreamProtocol;
import io.meshwright.mesh.policy.TlsOutcome;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Proxy;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Unknown;
import io.meshwright.trace.stage.NetworkStage.Connection;
import java.util.Optional;

/**
 * Requests of HTTP/1.1 that the last proxy sends over HTTP/2 because the whole mesh is told to
 * ({@code meshConfig.h2UpgradePolicy}), or many hosts by one DestinationRule: servers outside and pods without a proxy
 * are sent them too (istio issue 39566).
 */
final class RaisedCalls {
    private static final int BAD_GATEWAY = 502;

    private RaisedCalls() {}

    /** The end of such a call at a pod, whose own proxy, if it has one, speaks HTTP/1.1 to the application. */
    static Optional<Verdict> raised(Mesh mesh, Connection connection, Proxy server, TlsOutcome tls, Arrival arrival) {
        return server.isSidecar() || server.isGateway() ? Optional.empty() : raised(mesh, connection, tls, arrival);
    }

    /** The end of such a call at a server that has no proxy. */
    static Optional<Verdict> raised(Mesh mesh, Connection connection, TlsOutcome tls, Arrival arrival) {
        return !arrival.opaque() && !GrpcCalls.isAsked(arrival) && !tls.beginsTls() && isRaised(mesh, connection)
                ? Optional.of(new Unknown(
                        "the request goes over HTTP/2, and whether %s takes it there is not among the manifests"
                                .formatted(connection.service()),
                        Optional.of(new Answered(BAD_GATEWAY, "UPE", "a server of HTTP/1.1 speaks no HTTP/2"))))
                : Optional.empty();
    }

    private static boolean isRaised(Mesh mesh, Connection connection) {
        Pod client = connection.client();
        boolean reads = !client.proxy().inMesh().isNo() && !client.proxy().isZtunnel();
        return reads
                && UpstreamProtocol.isRaised(
                        client,
                        connection.port(),
                        mesh.destinationRules().seenBy(Client.of(client), connection.service()),
                        connection.subset(),
                        mesh.config());
    }
}
