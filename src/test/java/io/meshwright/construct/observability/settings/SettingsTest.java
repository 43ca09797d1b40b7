package io.meshwright.construct.observability.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.construct.observability.Samples;
import io.meshwright.value.Percent;
import io.meshwright.value.Retention;
import io.meshwright.value.SecretRef;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void node_agents_have_a_namespace_beside_the_tools() {
    assertThat(Samples.subPaths().agentNamespace()).isEqualTo("monitoring-agents");
  }

  @Test
  void a_promise_of_everything_leaves_no_budget() {
    assertThatThrownBy(() -> new Objectives(Percent.of(100), null, null, null))
        .hasMessage("availability: \"100\" leaves too much or nothing to be spent; give at least 94 and less than 100");
  }

  @Test
  void a_threshold_is_a_bucket_of_the_histogram() {
    assertThatThrownBy(() -> new Objectives(null, null, 750, null))
        .hasMessageStartingWith("thresholdMillis: \"750\" is not a bucket");
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
