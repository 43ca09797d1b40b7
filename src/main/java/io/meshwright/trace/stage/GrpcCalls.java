package io.meshwright.trace.stage;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.client.TrafficPolicy;
import io.meshwright.mesh.client.UpstreamProtocol;
import io.meshwright.mesh.policy.TlsOutcome;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Unknown;
import io.meshwright.trace.stage.NetworkStage.Connection;
import java.util.Optional;

/**
 * Calls of gRPC that the last proxy sends over HTTP/1.1, as it does to a port that does not say HTTP/2; only sidecars
 * and waypoints keep the client's protocol where they guess it (setUpstreamProtocol).
 */
final class GrpcCalls {
    private static final int BAD_GATEWAY = 502;
    private static final String GRPC = "application/grpc";

    private GrpcCalls() {}

    /** The end of such a call at an application, which a server of gRPC alone does not answer. */
    static Optional<Verdict> lowered(Mesh mesh, Connection connection, TlsOutcome tls, Arrival arrival) {
        return isAsked(arrival) && !tls.beginsTls() && isLowered(mesh, connection)
                ? Optional.of(new Unknown(
                        "the gRPC call goes over HTTP/1.1, and whether %s takes it there is not among the manifests"
                                .formatted(connection.service()),
                        Optional.of(new Answered(BAD_GATEWAY, "UPE", "a server of gRPC speaks HTTP/2 alone"))))
                : Optional.empty();
    }

    static boolean isAsked(Arrival arrival) {
        return !arrival.opaque()
                && arrival.http()
                        .header("content-type")
                        .filter(type -> type.startsWith(GRPC) && !type.startsWith("application/grpc-web"))
                        .isPresent();
    }

    private static boolean isLowered(Mesh mesh, Connection connection) {
        Pod client = connection.client();
        Protocol protocol = connection.port().protocol();
        boolean reads = !client.proxy().inMesh().isNo() && !client.proxy().isZtunnel();
        boolean kept = protocol == Protocol.SNIFFED && !client.proxy().isGateway();
        if (!reads || kept || !protocol.mayBeHttp()) {
            return false;
        }
        TrafficPolicy policy = mesh.destinationRules()
                .seenBy(Client.of(client), connection.service())
                .map(rule -> rule.policy(connection.port().number(), connection.subset()))
                .orElse(TrafficPolicy.NONE);
        return !policy.connectionPool().at("/http/useClientProtocol").asBoolean(false)
                && !UpstreamProtocol.isHttp2(client, connection.port(), policy, mesh.config());
    }
}
