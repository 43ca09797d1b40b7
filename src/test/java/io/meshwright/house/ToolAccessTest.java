package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.manifest.Manifest;
import org.junit.jupiter.api.Test;

/** Who may open the monitoring tools through the gateway is a choice of the environment, and never everybody. */
class ToolAccessTest {
  @Test
  void tokens_stand_in_for_addresses() {
    Synthesized platform = Synthesized.variant("azure", "azure-tokens-for-tools");

    Manifest required = platform.object("AuthorizationPolicy", "istio-system", "monitoring-tokens-required");
    assertThat(required.at("/spec/action").asText()).isEqualTo("DENY");
    assertThat(required.at("/spec/rules/0/from/0/source/notRequestPrincipals/0").asText())
        .isEqualTo("https://oauth.buildingbite.com/realms/operators/*");
    assertThat(required.at("/spec/rules/0/to/0/operation/hosts/0").asText()).isEqualTo("monitoring.buildingbite.com");
    assertThat(required.at("/spec/rules/0/to/0/operation").has("paths")).isFalse();
    assertThat(platform.object("RequestAuthentication", "istio-system", "monitoring-tokens")
        .at("/spec/jwtRules/0/audiences/0").asText()).isEqualTo("monitoring");
    assertThat(platform.findings().all()).isEmpty();
  }

  @Test
  void nobody_is_asked_nowhere() {
    assertThatThrownBy(() -> Synthesized.variant("azure", "azure-open-tools"))
        .hasMessageContaining("is exposed at \"https://monitoring.buildingbite.com/")
        .hasMessageContaining("restrict the gateway to listed addresses or tokens, or do not expose it");
  }
}
