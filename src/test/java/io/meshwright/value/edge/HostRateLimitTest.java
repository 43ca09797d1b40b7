package io.meshwright.value.edge;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.Duration;
import io.meshwright.value.ImageReference;
import io.meshwright.value.Name;
import io.meshwright.value.SecretRef;
import io.meshwright.value.edge.HostRateLimit.Per;
import io.meshwright.value.edge.RateLimitService.Redis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostRateLimitTest {
    private static final String DIGEST = "@sha256:" + "0a".repeat(32);

    @Test
    void counts_each_client_by_the_second_unless_it_says_otherwise() {
        HostRateLimit limit = limit(10, null, null, null, null);

        assertThat(limit.enabled()).isTrue();
        assertThat(limit.unit()).isEqualTo("second");
        assertThat(limit.isPerClient()).isTrue();
        assertThat(limit.hasPrefix()).isFalse();
    }

    @Test
    void counts_by_client_by_host_or_by_a_header() {
        assertThat(limit(10, null, Per.HOST, null, null).isPerClient()).isFalse();
        assertThat(limit(10, null, Per.CLIENT, null, null).isPerClient()).isTrue();
        assertThat(limit(10, null, null, "X-Api-Key", null).isPerClient()).isFalse();
        assertThat(limit(10, null, null, "X-Api-Key", null).header()).isEqualTo("x-api-key");
        assertRefused(() -> limit(10, null, Per.CLIENT, "x-a", null))
                .isEqualTo("per: is given beside header, which says the same; keep one of them");
        assertRefused(() -> limit(10, null, null, "x a", null))
                .isEqualTo("header: \"x a\" is not the name of a header; give a name such as x-api-key");
    }

    @ParameterizedTest
    @CsvSource({"1s, second", "60s, minute", "1h, hour", "24h, day"})
    void counts_in_units_of_the_service(String interval, String unit) {
        assertThat(limit(10, Duration.of(interval), null, null, null).unit()).isEqualTo(unit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "2s", "23h"})
    void refuses_a_unit_that_the_service_does_not_count_in(String interval) {
        assertRefused(() -> limit(10, Duration.of(interval), null, null, null))
                .isEqualTo("interval: \"%s\" is none that the service counts in; use 1s, 1m, 1h or 24h"
                        .formatted(interval));
    }

    @Test
    void counts_from_one_to_a_milliard() {
        assertThat(limit(1, null, null, null, null).requests()).isEqualTo(1);
        assertThat(limit(1_000_000_000, null, null, null, null).requests()).isEqualTo(1_000_000_000);
        assertRefused(() -> limit(0, null, null, null, null)).startsWith("requests: \"0\" is not between 1 and");
        assertRefused(() -> limit(1_000_000_001, null, null, null, null)).startsWith("requests: ");
        assertRefused(() -> limit(null, null, null, null, null)).isEqualTo("requests: is missing; add it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/a/b.c", "/a_b~c-d"})
    void counts_below_a_path(String prefix) {
        assertThat(limit(10, null, null, null, prefix).hasPrefix()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "/api/", "/a//b", "/a*", "/a?b"})
    void refuses_a_path_that_is_none_of_plain_segments(String prefix) {
        assertRefused(() -> limit(10, null, null, null, prefix))
                .isEqualTo("prefix: \"%s\" is no path of plain segments; write such as /api, without a / at its end"
                        .formatted(prefix));
    }

    @Test
    void the_service_that_counts_is_held_to_its_bytes() {
        assertThat(service("1" + DIGEST, null, null))
                .extracting(RateLimitService::replicas, RateLimitService::timeout, RateLimitService::failOpen)
                .containsExactly(2, Duration.of("100ms"), true);
        assertRefused(() -> service("1", null, null))
                .isEqualTo("image: \"docker.io/envoyproxy/ratelimit:1\" has no digest, and no release of this service"
                        + " says what is in it; add @sha256:… as the registry tells it");
    }

    @ParameterizedTest
    @CsvSource({"0s, 1, timeout", "1s1ms, 1, timeout", "1s, 0, replicas", "1s, 101, replicas"})
    void refuses_a_service_that_is_too_slow_or_of_too_many_pods(String timeout, int replicas, String key) {
        assertRefused(() -> service("1" + DIGEST, replicas, Duration.of(timeout)))
                .startsWith(key + ": ")
                .contains("is not between");
    }

    @ParameterizedTest
    @CsvSource({"1ms, 1", "1s, 100"})
    void takes_a_service_up_to_its_bounds(String timeout, int replicas) {
        assertThat(service("1" + DIGEST, replicas, Duration.of(timeout)).replicas())
                .isEqualTo(replicas);
    }

    @Test
    void counts_are_kept_in_one_redis() {
        String told = "is not exactly one of service and external; give one of them";
        Name name = Name.of("redis");

        assertThat(new Redis(name, null, SecretRef.of("redis/password"), null).tls())
                .isFalse();
        assertThat(new Redis(null, name, null, true).tls()).isTrue();
        assertRefused(() -> new Redis(name, name, null, null)).isEqualTo(told);
        assertRefused(() -> new Redis(null, null, null, null)).isEqualTo(told);
        assertRefused(() -> new Redis(name, null, SecretRef.of("redis"), null))
                .isEqualTo("password: \"redis\" names no key; write secret/key");
    }

    private static HostRateLimit limit(Integer requests, Duration interval, Per per, String header, String prefix) {
        return new HostRateLimit(null, requests, interval, per, header, prefix);
    }

    private static RateLimitService service(String tag, Integer replicas, Duration timeout) {
        return new RateLimitService(
                Name.of("shop"),
                ImageReference.of("docker.io/envoyproxy/ratelimit:" + tag),
                new Redis(Name.of("redis"), null, null, null),
                replicas,
                timeout,
                null);
    }
}
