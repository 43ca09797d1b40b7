package io.meshwright.construct.observability.kiali;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.text.KnownKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

class KialiConfigTest {
    @Test
    void finds_every_tool_below_its_prefix() throws Exception {
        JsonNode services = config(Samples.subPaths()).path("external_services");

        assertThat(services.at("/prometheus/url").asText())
                .isEqualTo("http://prometheus.monitoring.svc:9090/prometheus");
        assertThat(services.at("/grafana/internal_url").asText())
                .isEqualTo("http://grafana.monitoring.svc:3000/grafana");
        assertThat(services.at("/tracing/internal_url").asText())
                .isEqualTo("http://jaeger.monitoring.svc:16686/jaeger");
        assertThat(services.at("/tracing/external_url").asText()).isEqualTo("https://monitoring.example.org/jaeger");
        assertThat(services.at("/tracing/use_grpc").asBoolean(true)).isFalse();
    }

    @Test
    void the_prefix_of_grafana_stands_once_in_its_links() throws Exception {
        assertThat(config(Samples.subPaths())
                        .at("/external_services/grafana/external_url")
                        .asText())
                .isEqualTo("https://monitoring.example.org");
    }

    @Test
    void its_own_prefix_is_its_web_root() throws Exception {
        assertThat(config(Samples.subPaths()).at("/server/web_root").asText()).isEqualTo("/kiali");
        assertThat(config(Samples.hosts()).at("/server/web_root").asText()).isEqualTo("/");
        assertThat(config(Samples.hosts()).at("/deployment/namespace").asText()).isEqualTo("istio-system");
    }

    @Test
    void links_to_no_tool_that_browsers_cannot_reach() throws Exception {
        JsonNode services = config(Samples.provider()).path("external_services");

        assertThat(services.at("/grafana/enabled").asBoolean(true)).isFalse();
        assertThat(services.path("tracing").has("external_url")).isFalse();
    }

    @Test
    void asks_for_a_login_and_only_looks() throws Exception {
        assertThat(config(Samples.subPaths()).at("/auth/strategy").asText()).isEqualTo("token");
        assertThat(config(Samples.subPaths()).at("/deployment/view_only_mode").asBoolean())
                .isTrue();
        assertThat(KialiConfig.text(Samples.subPaths())).doesNotContain("signing_key", "password");
    }

    @Test
    void every_key_is_one_that_kiali_reads() throws Exception {
        for (Settings settings : List.of(Samples.subPaths(), Samples.hosts(), Samples.provider())) {
            assertThat(KnownKeys.of("kiali").names()).containsAll(KnownKeys.in(config(settings)));
        }
    }

    private static JsonNode config(Settings settings) throws Exception {
        return new YAMLMapper().readTree(KialiConfig.text(settings));
    }
}
