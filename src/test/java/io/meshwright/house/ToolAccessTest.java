package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.manifest.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may open the monitoring tools through the gateway is a choice of the environment, and never everybody. */
class ToolAccessTest {
    @Test
    void tokens_stand_in_for_addresses() {
        Synthesized platform = Synthesized.variant("azure", "azure-tokens-for-tools");

        Manifest required = platform.object("AuthorizationPolicy", "istio-system", "monitoring-tokens-required");
        assertThat(required.at("/spec/action").asText()).isEqualTo("DENY");
        assertThat(required.at("/spec/rules/0/from/0/source/notRequestPrincipals/0")
                        .asText())
                .isEqualTo("https://oauth.buildingbite.com/realms/operators/*");
        assertThat(required.at("/spec/rules/0/to/0/operation/hosts/0").asText())
                .isEqualTo("monitoring.buildingbite.com");
        assertThat(required.at("/spec/rules/0/to/0/operation").has("paths")).isFalse();
        assertThat(platform.object("RequestAuthentication", "istio-system", "monitoring-tokens")
                        .at("/spec/jwtRules/0/audiences/0")
                        .asText())
                .isEqualTo("monitoring");
        assertThat(platform.findings().all()).isEmpty();
    }

    @Test
    void argo_cd_is_kept_to_whom_the_tools_are_unless_the_file_opens_it() {
        assertThat(answer(Synthesized.fixture("homelab"), "198.51.100.7")).startsWith("answered 403");
        assertThat(answer(Synthesized.fixture("homelab"), "192.168.1.20")).doesNotContain("403");

        Synthesized open = Synthesized.variant("homelab", "homelab-open-delivery");
        assertThat(answer(open, "198.51.100.7")).doesNotContain("403");
        assertThat(open.object("AuthorizationPolicy", "istio-system", "monitoring-addresses")
                        .at("/spec/rules/0/to/0/operation/hosts")
                        .toString())
                .doesNotContain("argocd")
                .contains("kiali");

        Synthesized apart = Synthesized.variant("homelab", "homelab-delivery-apart");
        assertThat(answer(apart, "198.51.100.7")).doesNotContain("403");
        assertThat(answer(apart, "192.168.1.20")).startsWith("answered 403");
    }

    private static String answer(Synthesized platform, String client) {
        return platform.trace()
                .request("GET", "http://argocd.jiminhome.shop/")
                .clientIp(client)
                .verdict()
                .summary();
    }

    @Test
    void a_tool_that_streams_is_cut_off_by_no_timeout_and_no_try() {
        for (Manifest routes : List.of(
                Synthesized.fixture("homelab").object("VirtualService", "argocd", "argocd-jiminhome-shop"),
                Synthesized.fixture("homelab").object("VirtualService", "monitoring", "monitoring-jiminhome-shop"),
                Synthesized.fixture("homelab").object("VirtualService", "monitoring", "prometheus-jiminhome-shop"))) {
            assertThat(routes.annotations().get("meshwright.io/streams")).matches(".*: (sse|websocket), .*");
            assertThat(routes.at("/spec/http")).hasSize(1);
            assertThat(routes.at("/spec/http/0").has("timeout")).isFalse();
            assertThat(routes.at("/spec/http/0/retries").toString()).isEqualTo("{\"attempts\":0}");
        }
    }

    @Test
    void nobody_is_asked_nowhere() {
        assertThatThrownBy(() -> Synthesized.variant("azure", "azure-open-tools"))
                .hasMessageContaining(
                        "observability.domain: opens prometheus, jaeger to everybody without a login; list"
                                + " addresses in observability.access.from");
    }
}
