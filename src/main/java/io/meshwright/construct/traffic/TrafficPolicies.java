package io.meshwright.construct.traffic;

import imports.io.istio.networking.DestinationRuleSpecTrafficPolicy;
import imports.io.istio.networking.DestinationRuleSpecTrafficPolicyConnectionPool;
import imports.io.istio.networking.DestinationRuleSpecTrafficPolicyConnectionPoolHttp;
import imports.io.istio.networking.DestinationRuleSpecTrafficPolicyConnectionPoolTcp;
import imports.io.istio.networking.DestinationRuleSpecTrafficPolicyOutlierDetection;
import imports.io.istio.networking.DestinationRuleSpecTrafficPolicyTls;
import imports.io.istio.networking.DestinationRuleSpecTrafficPolicyTlsMode;
import io.meshwright.value.Duration;
import io.meshwright.value.traffic.CircuitBreaker;
import io.meshwright.value.traffic.ClientTls;
import io.meshwright.value.traffic.ConnectionPool;
import org.jspecify.annotations.Nullable;

/** Writes the way in which clients treat a service, as Istio writes it; null where Istio's own default holds. */
final class TrafficPolicies {
    private TrafficPolicies() {}

    static DestinationRuleSpecTrafficPolicy of(DestinationPolicy.Props props) {
        return DestinationRuleSpecTrafficPolicy.builder()
                .connectionPool(pool(props.resilience().connectionPool()))
                .loadBalancer(LoadBalancing.of(props))
                .outlierDetection(outliers(props.resilience().circuitBreaker(), props.replicas()))
                .tls(tls(props.tls()))
                .build();
    }

    private static @Nullable DestinationRuleSpecTrafficPolicyConnectionPool pool(@Nullable ConnectionPool pool) {
        return pool == null
                ? null
                : DestinationRuleSpecTrafficPolicyConnectionPool.builder()
                        .tcp(tcp(pool.tcp()))
                        .http(http(pool.http()))
                        .build();
    }

    private static @Nullable DestinationRuleSpecTrafficPolicyConnectionPoolTcp tcp(ConnectionPool.@Nullable Tcp tcp) {
        return tcp == null
                ? null
                : DestinationRuleSpecTrafficPolicyConnectionPoolTcp.builder()
                        .maxConnections(tcp.maxConnections())
                        .connectTimeout(text(tcp.connectTimeout()))
                        .build();
    }

    private static @Nullable DestinationRuleSpecTrafficPolicyConnectionPoolHttp http(
            ConnectionPool.@Nullable Http http) {
        return http == null
                ? null
                : DestinationRuleSpecTrafficPolicyConnectionPoolHttp.builder()
                        .http1MaxPendingRequests(http.http1MaxPendingRequests())
                        .http2MaxRequests(http.http2MaxRequests())
                        .maxRequestsPerConnection(http.maxRequestsPerConnection())
                        .idleTimeout(text(http.idleTimeout()))
                        .build();
    }

    private static @Nullable DestinationRuleSpecTrafficPolicyOutlierDetection outliers(
            CircuitBreaker breaker, int replicas) {
        return !breaker.acts(replicas)
                ? null
                : DestinationRuleSpecTrafficPolicyOutlierDetection.builder()
                        // Left out, Envoy would count five errors of the application itself as well; 0 counts none
                        // (incident I10).
                        .consecutive5XxErrors(
                                breaker.consecutive5xxErrors() == null ? 0 : breaker.consecutive5xxErrors())
                        .consecutiveGatewayErrors(breaker.consecutiveGatewayErrors())
                        .interval(breaker.interval().toString())
                        .baseEjectionTime(breaker.baseEjectionTime().toString())
                        .maxEjectionPercent(breaker.maxEjectionPercent(replicas))
                        .minHealthPercent(breaker.minHealthPercent(replicas))
                        .build();
    }

    // Absent means that each end's sidecar decides (auto mTLS), which also holds for clients without one.
    private static @Nullable DestinationRuleSpecTrafficPolicyTls tls(ClientTls tls) {
        return switch (tls) {
            case AUTO -> null;
            case DISABLE -> tls(DestinationRuleSpecTrafficPolicyTlsMode.DISABLE);
            case ISTIO_MUTUAL -> tls(DestinationRuleSpecTrafficPolicyTlsMode.ISTIO_UNDERSCORE_MUTUAL);
        };
    }

    private static DestinationRuleSpecTrafficPolicyTls tls(DestinationRuleSpecTrafficPolicyTlsMode mode) {
        return DestinationRuleSpecTrafficPolicyTls.builder().mode(mode).build();
    }

    private static @Nullable String text(@Nullable Duration time) {
        return time == null ? null : time.toString();
    }
}
