package io.meshwright.mesh.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.ServicePort;
import java.util.Optional;

/** The version of HTTP that a proxy speaks to a service (cluster_builder.go setUpstreamProtocol, shouldH2Upgrade). */
public final class UpstreamProtocol {
    private static final String DEFAULT = "DEFAULT";

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

    /**
     * Tells whether a request of HTTP/1.1 goes on as HTTP/2 to a port that is declared to speak HTTP/1.1, because
     * somebody says so for many servers at once: the mesh, or a rule whose host is a wildcard. A rule for one host is
     * taken to know its server.
     */
    public static boolean isRaised(
            Pod client, ServicePort port, Optional<DestinationRule> rule, Optional<String> subset, MeshConfig mesh) {
        TrafficPolicy policy = policy(port, rule, subset);
        return port.protocol() == Protocol.HTTP
                && isHttp2(client, port, policy, mesh)
                && (!isSaid(policy)
                        || rule.filter(asked -> HostName.isWildcard(asked.host()))
                                .isPresent());
    }

    /** True if the settings themselves, and not those of the mesh, say whether HTTP/2 is spoken. */
    private static boolean isSaid(TrafficPolicy policy) {
        return !policy.connectionPool()
                .at("/http/h2UpgradePolicy")
                .asText(DEFAULT)
                .equals(DEFAULT);
    }

    /** Place at which that was said, if it is known. */
    public static Optional<Source> raising(
            ServicePort port, Optional<DestinationRule> rule, Optional<String> subset, MeshConfig mesh) {
        TrafficPolicy policy = policy(port, rule, subset);
        return isSaid(policy) ? policy.source("connectionPool") : mesh.source();
    }

    private static TrafficPolicy policy(ServicePort port, Optional<DestinationRule> rule, Optional<String> subset) {
        return rule.map(asked -> asked.policy(port.number(), subset)).orElse(TrafficPolicy.NONE);
    }
}
