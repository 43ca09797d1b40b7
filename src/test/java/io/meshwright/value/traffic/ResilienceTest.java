package io.meshwright.value.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.Duration;
import io.meshwright.value.Weight;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResilienceTest {
    @Test
    void takes_out_at_least_one_pod_and_never_all() {
        CircuitBreaker breaker = CircuitBreaker.defaults();

        assertThat(breaker.maxEjectionPercent(2)).isEqualTo(50);
        assertThat(breaker.maxEjectionPercent(3)).isEqualTo(34);
        assertThat(breaker.minHealthPercent(2)).isEqualTo(50);
        assertThat(breaker.acts(1)).isFalse();
        assertThat(breaker.acts(2)).isTrue();
    }

    @Test
    void refuses_a_share_that_takes_out_nothing() {
        CircuitBreaker breaker = breaker(33, null);

        assertThatThrownBy(() -> breaker.maxEjectionPercent(3))
                .hasMessage("maxEjectionPercent: \"33\" takes out none of 3 pods, because one is 34 % of them; give at"
                        + " least 34, or remove it");
        assertThat(breaker.maxEjectionPercent(4)).isEqualTo(33);
    }

    @Test
    void wants_a_reason_before_every_pod_may_be_out() {
        assertThatThrownBy(() -> breaker(100, null))
                .hasMessageStartingWith("maxEjectionPercent: \"100\" lets every pod be out");
        assertThat(breaker(100, "one pod, restarts are quick").acts(1)).isTrue();
    }

    @Test
    void counts_errors_of_the_way_and_not_of_the_application_by_itself() {
        assertThat(CircuitBreaker.defaults().consecutive5xxErrors()).isNull();
        assertThat(CircuitBreaker.defaults().consecutiveGatewayErrors()).isEqualTo(5);
    }

    @Test
    void refuses_zones_without_a_circuit_breaker_unless_the_shares_are_fixed() {
        Map<String, Weight> shares = new LinkedHashMap<>();
        shares.put("koreacentral/1", Weight.of(80));
        shares.put("koreacentral/2", Weight.of(20));
        Locality fixed = new Locality(null, null, List.of(new Locality.Distribute("koreacentral/1", shares)));

        assertThatThrownBy(() -> resilience(CircuitBreaker.off(), new Locality(null, null, null)))
                .hasMessageStartingWith("locality: does nothing without a circuit breaker");
        assertThat(resilience(CircuitBreaker.off(), fixed).locality()).isEqualTo(fixed);
        assertThat(resilience(null, new Locality(null, null, null)).locality().needsHealth())
                .isTrue();
    }

    @Test
    void refuses_shares_of_zones_that_are_not_the_whole() {
        assertThatThrownBy(() -> new Locality.Distribute("a", Map.of("b", Weight.of(90))))
                .hasMessageStartingWith("to: the shares add up to \"90\"");
    }

    @Test
    void shares_the_timeout_among_the_tries() {
        assertThat(Retries.defaults().perTry(Duration.of("15s"))).contains(Duration.of("5s"));
        assertThatThrownBy(() -> new Resilience(
                        Duration.of("5s"), new Retries(1, Duration.of("3s"), null, null), null, null, null, null, null))
                .hasMessageStartingWith("retries.perTryTimeout: \"3s\" for the first try and 1 more takes 6s");
    }

    @Test
    void refuses_limits_of_zero_that_istio_would_read_as_no_limit() {
        assertThatThrownBy(() -> new ConnectionPool.Tcp(0, null))
                .hasMessageStartingWith("maxConnections: \"0\" is not above 0");
        assertThatThrownBy(() -> new ConnectionPool(null, null)).hasMessageStartingWith("limits nothing");
    }

    @Test
    void refuses_two_ways_of_choosing_a_pod() {
        LoadBalancer.ConsistentHash byUser = new LoadBalancer.ConsistentHash("x-user", null, null, null);

        assertThatThrownBy(() -> new LoadBalancer(LoadBalancer.Simple.RANDOM, byUser, null))
                .hasMessageStartingWith("simple: is given beside");
        assertThatThrownBy(() -> new LoadBalancer(null, byUser, Duration.of("1m")))
                .hasMessageStartingWith("warmup: works with");
        assertThatThrownBy(() -> new LoadBalancer.ConsistentHash("x-user", Cookie.named("u"), null, null))
                .hasMessageStartingWith("does not say in one way");
        assertThat(LoadBalancer.defaults().simple()).isEqualTo(LoadBalancer.Simple.LEAST_REQUEST);
    }

    @Test
    void refuses_a_burst_below_the_rate() {
        assertThatThrownBy(() -> new RateLimit(null, 10, null, 5))
                .hasMessageStartingWith("burst: \"5\" is less than requests");
        assertThat(new RateLimit(null, 10, null, null).burst()).isEqualTo(10);
    }

    @Test
    void refuses_credentials_for_every_origin() {
        assertThatThrownBy(() -> new Cors(List.of("*"), null, null, null, true, null))
                .hasMessageStartingWith("allowCredentials: lets every page act with the visitor's cookies");
        assertThat(new Cors(List.of("*"), null, null, null, null, null).allowCredentials())
                .isFalse();
    }

    @Test
    void refuses_an_origin_that_no_browser_sends() {
        for (String origin : List.of(
                "https://app.example.org/", "app.example.org", "https://*.example.org", "https://App.example.org")) {
            assertThatThrownBy(() -> new Cors(List.of(origin), null, null, null, null, null))
                    .hasMessageStartingWith("allowOrigins[0]: \"%s\" is not an origin".formatted(origin));
        }
    }

    private static CircuitBreaker breaker(Integer max, String reason) {
        return new CircuitBreaker(null, null, null, null, null, max, null, reason);
    }

    private static Resilience resilience(CircuitBreaker breaker, Locality locality) {
        return new Resilience(null, null, null, breaker, null, locality, null);
    }
}
