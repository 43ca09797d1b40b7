package io.meshwright.construct.observability;

import io.meshwright.construct.observability.alerts.AlertCatalogue;
import io.meshwright.construct.observability.metrics.AnomalyRules;
import io.meshwright.construct.observability.metrics.RecordingRules;
import io.meshwright.construct.observability.settings.Settings;
import java.util.SortedMap;
import java.util.TreeMap;

/** All that a Prometheus computes, ours or that of others, by file name. */
final class RuleFiles {
    private RuleFiles() {}

    static SortedMap<String, String> of(Settings settings) {
        SortedMap<String, String> rules =
                new TreeMap<>(AlertCatalogue.of(settings).ruleFiles());
        rules.put("recording.yaml", RecordingRules.text(settings));
        settings.aiOps()
                .anomalies()
                .ifPresent(anomalies -> rules.put("anomaly-bands.yaml", AnomalyRules.text(settings, anomalies)));
        return rules;
    }
}
