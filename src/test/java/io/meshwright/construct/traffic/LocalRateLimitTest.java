package io.meshwright.construct.traffic;

import static io.meshwright.construct.ManifestAssert.assertThat;

import io.meshwright.construct.Rendered;
import io.meshwright.value.Duration;
import io.meshwright.value.traffic.RateLimit;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalRateLimitTest {
    @Test
    void answers_429_in_front_of_the_router_of_the_pods_own_sidecar() {
        Rendered rendered = Rendered.of(chart -> LocalRateLimit.Builder.create(chart, "limit")
                .service(Backend.of("web", "shop", 80), Map.of("app", "web"))
                .limit(new RateLimit(null, 100, Duration.of("500ms"), 150))
                .build());

        assertThat(rendered.named("EnvoyFilter shop/web-rate-limit"))
                .has("/apiVersion", "networking.istio.io/v1alpha3")
                .hasJson("/spec/workloadSelector/labels", "{app: 'web'}")
                .has("/spec/priority", 10)
                .has("/spec/configPatches/0/match/context", "SIDECAR_INBOUND")
                .hasJson(
                        "/spec/configPatches/0/patch/value/typed_config/token_bucket",
                        "{max_tokens: 150, tokens_per_fill: 100, fill_interval: '0.500s'}")
                .hasJson(
                        "/spec/configPatches/0/patch/value/typed_config/filter_enforced/default_value",
                        "{numerator: 100, denominator: 'HUNDRED'}");
    }
}
