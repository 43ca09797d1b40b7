package io.meshwright.construct.traffic;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.construct.ManifestAssert;
import io.meshwright.construct.Rendered;
import io.meshwright.value.Duration;
import io.meshwright.value.Version;
import io.meshwright.value.traffic.Canary;
import io.meshwright.value.traffic.CircuitBreaker;
import io.meshwright.value.traffic.ClientTls;
import io.meshwright.value.traffic.ConnectionPool;
import io.meshwright.value.traffic.LoadBalancer;
import io.meshwright.value.traffic.Locality;
import io.meshwright.value.traffic.Resilience;
import io.meshwright.value.traffic.Step;
import io.meshwright.value.traffic.Stream;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DestinationPolicyTest {
    private static final Canary NINETY_TEN =
            Canary.plain(List.of(Canary.Version.of("v1", 90), Canary.Version.of("v2", 10)), null);

    @Test
    void takes_out_the_one_bad_pod_of_three_and_leaves_zones_alone() {
        assertRendered(policy -> policy.replicas(3))
                .has("/spec/host", "web.shop.svc.cluster.local")
                .hasJson(
                        "/spec/trafficPolicy/outlierDetection",
                        "{baseEjectionTime: '30s', consecutive5xxErrors: 0, consecutiveGatewayErrors: 5, interval:"
                                + " '10s', maxEjectionPercent: 34, minHealthPercent: 50}")
                .hasJson(
                        "/spec/trafficPolicy/loadBalancer",
                        "{localityLbSetting: {enabled: false}, simple: 'LEAST_REQUEST'}")
                .lacks("/spec/trafficPolicy/tls")
                .lacks("/spec/subsets");
    }

    @Test
    void leaves_the_only_pod_in() {
        assertRendered(policy -> policy.replicas(1)).lacks("/spec/trafficPolicy/outlierDetection");
    }

    @Test
    void counts_every_server_error_and_takes_out_all_where_somebody_says_why() {
        CircuitBreaker breaker = new CircuitBreaker(
                null, 3, null, Duration.of("1s"), Duration.of("30s"), 100, null, "as the cluster has it today");

        assertRendered(policy -> policy.replicas(2).resilience(with(breaker, null, null, null)))
                .hasJson(
                        "/spec/trafficPolicy/outlierDetection",
                        "{baseEjectionTime: '30s', consecutive5xxErrors: 3, interval: '1s',"
                                + " maxEjectionPercent: 100, minHealthPercent: 0}");
    }

    @Test
    void refuses_a_circuit_breaker_that_takes_out_nothing() {
        CircuitBreaker breaker = new CircuitBreaker(null, null, null, null, null, 10, null, null);

        assertThatThrownBy(() -> rendered(policy -> policy.replicas(3).resilience(with(breaker, null, null, null))))
                .hasMessageStartingWith("circuitBreaker.maxEjectionPercent: \"10\" takes out none of 3 pods");
    }

    @Test
    void keeps_streams_out_of_a_small_pool() {
        ConnectionPool pool =
                new ConnectionPool(new ConnectionPool.Tcp(10, null), new ConnectionPool.Http(10, null, 2, null));

        assertRendered(policy -> policy.resilience(with(null, pool, null, null)).streams(List.of(Stream.of("sse"))))
                .hasJson(
                        "/spec/trafficPolicy/connectionPool",
                        "{tcp: {maxConnections: 10}, http: {http1MaxPendingRequests: 10, maxRequestsPerConnection: 2}}")
                .hasJson(
                        "/spec/subsets",
                        "[{name: 'streaming', labels: {app: 'web'},"
                                + " trafficPolicy: {connectionPool: {http: {idleTimeout: '1h'}}}}]");
    }

    @Test
    void names_a_subset_for_each_version_and_for_its_streams() {
        JsonNode rule = rendered(policy -> policy.release(NINETY_TEN).streams(List.of(Stream.of("websocket"))));

        org.assertj.core.api.Assertions.assertThat(rule.at("/spec/subsets"))
                .extracting(subset -> subset.at("/name").asText())
                .containsExactly("v1", "v2", "v1-streaming", "v2-streaming");
        ManifestAssert.assertThat(rule).hasJson("/spec/subsets/1/labels", "{app: 'web', version: 'v2'}");
    }

    @Test
    void leaves_the_two_subsets_of_argo_rollouts_to_it() {
        assertRendered(policy -> policy.release(Canary.rollouts(List.of(Step.of(10)), null, null))
                        .streams(List.of(Stream.of("sse"))))
                .hasJson(
                        "/spec/subsets",
                        "[{name: 'stable', labels: {app: 'web'}}, {name: 'canary', labels: {app: 'web'}}]");
    }

    @Test
    void speaks_plaintext_or_mutual_tls_by_choice() {
        assertRendered(policy -> policy.tls(ClientTls.DISABLE)).has("/spec/trafficPolicy/tls/mode", "DISABLE");
        assertRendered(policy -> policy.tls(ClientTls.ISTIO_MUTUAL))
                .has("/spec/trafficPolicy/tls/mode", "ISTIO_MUTUAL");
    }

    @Test
    void keeps_requests_in_their_zone_and_fails_over() {
        Locality locality = new Locality(null, List.of(new Locality.Failover("koreacentral", "koreasouth")), null);

        assertRendered(policy -> policy.replicas(3).resilience(with(null, null, null, locality)))
                .hasJson(
                        "/spec/trafficPolicy/loadBalancer/localityLbSetting",
                        "{enabled: true, failover: [{from: 'koreacentral', to: 'koreasouth'}]}");
    }

    @Test
    void warms_up_in_the_words_of_the_release() {
        LoadBalancer warm = new LoadBalancer(LoadBalancer.Simple.ROUND_ROBIN, null, Duration.of("1m"));

        assertRendered(policy -> policy.resilience(with(null, null, warm, null)).istio(Version.of("1.23.4")))
                .hasJson("/spec/trafficPolicy/loadBalancer", "{simple: 'ROUND_ROBIN', warmupDurationSecs: '1m'}");
        assertRendered(policy -> policy.resilience(with(null, null, warm, null)).istio(Version.of("1.30.5")))
                .hasJson("/spec/trafficPolicy/loadBalancer", "{simple: 'ROUND_ROBIN', warmup: {duration: '1m'}}");
    }

    @Test
    void refuses_a_hash_that_seems_to_hold_a_client_at_a_version() {
        LoadBalancer hash = new LoadBalancer(null, new LoadBalancer.ConsistentHash("x-user", null, null, null), null);

        assertThatThrownBy(
                        () -> rendered(policy -> policy.release(NINETY_TEN).resilience(with(null, null, hash, null))))
                .hasMessageStartingWith(
                        "loadBalancer.consistentHash: cannot keep a client at a version that is drawn by weight");
        assertRendered(policy -> policy.resilience(with(null, null, hash, null)))
                .hasJson("/spec/trafficPolicy/loadBalancer", "{consistentHash: {httpHeaderName: 'x-user'}}");
    }

    private static Resilience with(
            CircuitBreaker breaker, ConnectionPool pool, LoadBalancer balancer, Locality locality) {
        return new Resilience(null, null, pool, breaker, balancer, locality, null);
    }

    private static ManifestAssert assertRendered(UnaryOperator<DestinationPolicy.Builder> settings) {
        return ManifestAssert.assertThat(rendered(settings));
    }

    private static JsonNode rendered(UnaryOperator<DestinationPolicy.Builder> settings) {
        return Rendered.of(chart -> settings.apply(DestinationPolicy.Builder.create(chart, "web")
                                .backend(Backend.of("web", "shop", 80))
                                .podLabels(Map.of("app", "web")))
                        .build())
                .only("DestinationRule");
    }
}
