package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Proxies answer HTTP/1.0 with 426 unless istiod lets them take it. */
class OldHttpTest {
    @Test
    void the_site_of_homelab_reaches_was_though_its_nginx_speaks_http_1_0() throws IOException {
        assertThat(istiod(Rendering.file("homelab")).at("/env/PILOT_HTTP10").asText())
                .isEqualTo("true");
    }

    @Test
    void old_charts_read_the_switch_below_pilot() throws IOException {
        String file = Rendering.file("azure").replaceFirst("\n  outbound: REGISTRY_ONLY", "$0\n  http10: true");

        assertThat(istiod(file).at("/pilot/env/PILOT_HTTP10").asText()).isEqualTo("true");
    }

    @Test
    void it_is_off_where_the_file_says_nothing() throws IOException {
        assertThat(istiod(Rendering.file("egov")).has("env")).isFalse();
    }

    private static JsonNode istiod(String file) throws IOException {
        return new YAMLMapper()
                .readTree(Rendering.objects(file).get("argocd/Application/istiod"))
                .at("/spec/source/helm/valuesObject");
    }
}
