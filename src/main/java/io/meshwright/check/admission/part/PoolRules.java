package io.meshwright.check.admission.part;

import io.meshwright.check.admission.field.Field;
import java.util.List;

/** Limits of connections, of a DestinationRule or a Sidecar. */
public final class PoolRules {
    private PoolRules() {}

    public static void examine(Field pool) {
        if (pool.isSet() && !pool.at("http").isSet() && !pool.at("tcp").isSet()) {
            pool.refuse("no limit is set", "Write http or tcp, or remove connectionPool.");
        }
        http(pool.at("http"));
        tcp(pool.at("tcp"));
    }

    private static void http(Field http) {
        List.of(
                        "http1MaxPendingRequests",
                        "http2MaxRequests",
                        "maxRequestsPerConnection",
                        "maxRetries",
                        "maxConcurrentStreams")
                .forEach(limit -> notNegative(http.at(limit)));
        Span.examine(http.at("idleTimeout"));
        if (http.at("h2UpgradePolicy").text().equals("UPGRADE")
                && http.at("useClientProtocol").isTrue()) {
            http.at("useClientProtocol")
                    .refuse(
                            "the client's protocol cannot be both kept and upgraded",
                            "Remove useClientProtocol or h2UpgradePolicy.");
        }
    }

    private static void tcp(Field tcp) {
        notNegative(tcp.at("maxConnections"));
        Span.examine(tcp.at("connectTimeout"));
        Span.examine(tcp.at("maxConnectionDuration"));
        Span.examineUnlessOff(tcp.at("idleTimeout"));
        Span.examine(tcp.at("tcpKeepalive").at("time"));
        Span.examine(tcp.at("tcpKeepalive").at("interval"));
    }

    private static void notNegative(Field limit) {
        if (limit.number() < 0) {
            limit.refuse("the limit %d is negative".formatted(limit.number()), "Write 0 or more.");
        }
    }
}
