package io.meshwright.construct.observability.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.construct.observability.Samples;
import io.meshwright.value.Retention;
import io.meshwright.value.SecretRef;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void node_agents_have_a_namespace_beside_the_tools() {
        assertThat(Samples.subPaths().agentNamespace()).isEqualTo("monitoring-agents");
    }

    @Test
    void logs_are_kept_for_whole_days() {
        assertThatThrownBy(() -> new Kept(null, Retention.of("36h"), null, null))
                .hasMessage("logs: \"36h\" is not a number of whole days; give days, such as 7d");
    }

    @Test
    void a_webhook_is_one_key_of_a_secret() {
        assertThatThrownBy(() -> new Notifications(SecretRef.of("slack"), "#a", "#b"))
                .hasMessage("webhook: \"slack\" names no key; write secret/key");
        assertThatThrownBy(() -> new Notifications(SecretRef.of("slack/url"), "alerts", "#b"))
                .hasMessage("critical: \"alerts\" is not a Slack channel; write it as #alerts");
    }
}
