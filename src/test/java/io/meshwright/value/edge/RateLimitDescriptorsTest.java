package io.meshwright.value.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.Host;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateLimitDescriptorsTest {
    private static final HostRateLimit LIMIT = new HostRateLimit(null, 5, null, HostRateLimit.Per.HOST, null, null);

    @Test
    void hosts_that_look_alike_have_limits_of_their_own() {
        assertThat(RateLimitDescriptors.file(
                        Map.of(Host.of("a-b.example.org"), List.of(LIMIT), Host.of("a.b.example.org"), List.of(LIMIT))))
                .isEqualTo("""
                    domain: gateway
                    descriptors:
                      - key: limit
                        value: "a-b.example.org-0"
                        rate_limit: {unit: second, requests_per_unit: 5}
                      - key: limit
                        value: "a.b.example.org-0"
                        rate_limit: {unit: second, requests_per_unit: 5}
                    """);
    }

    @Test
    void nothing_is_counted_where_every_limit_is_off() {
        HostRateLimit off = new HostRateLimit(false, 5, null, null, null, null);

        assertThat(RateLimitDescriptors.file(Map.of(Host.of("a.example.org"), List.of(off))))
                .isEqualTo("domain: gateway\ndescriptors: []\n");
    }
}
