package io.meshwright.trace.stage;

import io.meshwright.mesh.client.TrafficPolicy;
import io.meshwright.mesh.client.UpstreamProtocol;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Proxy;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Unknown;
import java.util.Optional;

/**
 * WebSockets over HTTP/2: Envoy makes a CONNECT of RFC 8441 of them, which its own listeners refuse unless they allow
 * it; istiod allows it in tunnels alone (istio issue 27078).
 */
final class WebSockets {
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;

    private WebSockets() {}

    static boolean isAsked(Arrival arrival) {
        return !arrival.opaque()
                && arrival.http()
                        .header("upgrade")
                        .filter(value -> value.equalsIgnoreCase("websocket"))
                        .isPresent();
    }

    /** Returns what makes a client's proxy send the request over HTTP/2, if that happens to a WebSocket. */
    static Optional<Source> upgraded(
            Pod client, ServicePort port, Optional<TrafficPolicy> policy, Arrival arrival, MeshConfig mesh) {
        boolean asked = isAsked(arrival)
                && !client.proxy().inMesh().isNo()
                && !client.proxy().isZtunnel();
        TrafficPolicy settings = policy.orElse(TrafficPolicy.NONE);
        return asked && UpstreamProtocol.isHttp2(client, port, settings, mesh)
                ? Optional.of(settings.source("connectionPool").orElse(port.source()))
                : Optional.empty();
    }

    /** The end of such a request at the next proxy, or at an application behind none. */
    static Optional<Verdict> broken(NetworkStage.Connection connection, Proxy server, Arrival arrival) {
        if (connection.upgraded().isEmpty() || !isAsked(arrival)) {
            return Optional.empty();
        }
        return server.isSidecar() || server.isGateway()
                ? Optional.of(new Answered(
                        UNAVAILABLE, "UC", "the WebSocket goes over HTTP/2, on which the next proxy takes none"))
                : Optional.of(outside(connection));
    }

    /** Leaves it open whether an application without a proxy takes them. */
    static Verdict outside(NetworkStage.Connection connection) {
        return new Unknown(
                "the WebSocket goes over HTTP/2, and whether %s takes it there (RFC 8441) is not among the manifests"
                        .formatted(connection.service()),
                Optional.of(new Answered(BAD_GATEWAY, "UPE", "an application of HTTP/1.1 speaks no HTTP/2")));
    }
}
