package io.meshwright.mesh.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.ServicePort;

/** The version of HTTP that a proxy speaks to a service (cluster_builder.go setUpstreamProtocol, shouldH2Upgrade). */
public final class UpstreamProtocol {
    private UpstreamProtocol() {}

    /** Tells whether a request of HTTP/1.1 goes on as HTTP/2. */
    public static boolean isHttp2(Pod client, ServicePort port, TrafficPolicy policy, MeshConfig mesh) {
        JsonNode http = policy.connectionPool().path("http");
        Protocol protocol = port.protocol();
        if (http.path("useClientProtocol").asBoolean(false)) {
            return false;
        }
        if (protocol == Protocol.HTTP2 || protocol == Protocol.GRPC || protocol == Protocol.GRPC_WEB) {
            return true;
        }
        // Where sidecars and waypoints guess the protocol they keep the client's, and no upgrade changes that.
        if (protocol == Protocol.SNIFFED && !client.proxy().isGateway()) {
            return false;
        }
        return switch (http.path("h2UpgradePolicy").asText("")) {
            case "UPGRADE" -> true;
            case "DO_NOT_UPGRADE" -> false;
            default -> protocol.isHttp() && mesh.upgradesToHttp2();
        };
    }
}
