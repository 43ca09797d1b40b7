package io.meshwright.construct.observability.anomaly;

import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.alerts.AlertCatalogue;
import io.meshwright.construct.observability.metrics.AnomalyRules;
import io.meshwright.construct.observability.metrics.RecordingRules;
import io.meshwright.construct.observability.settings.AiOps;
import io.meshwright.construct.observability.settings.Anomalies;
import io.meshwright.construct.observability.settings.Logs;
import io.meshwright.construct.observability.settings.Settings;
import java.util.List;
import java.util.Optional;

/**
 * The rule files of an environment that watches services, as they are rendered.
 *
 * @param recorded golden signals and ratios
 * @param bands what is usual of each service
 * @param unusual the alerts about services that leave it
 * @param objectives the burn-rate alerts
 */
record RenderedRules(String recorded, String bands, String unusual, String objectives) {
    static RenderedRules of(Anomalies anomalies) {
        Settings settings = settings(anomalies);
        var alerts = AlertCatalogue.of(settings).ruleFiles();
        return new RenderedRules(
                RecordingRules.text(settings),
                AnomalyRules.text(settings, anomalies),
                alerts.get("anomalies.yaml"),
                alerts.get("objectives.yaml"));
    }

    private static Settings settings(Anomalies anomalies) {
        Settings plain = Samples.subPaths();
        return new Settings(
                plain.environment(),
                plain.domain(),
                plain.mesh(),
                null,
                null,
                null,
                null,
                null,
                plain.notifications(),
                plain.runbooks(),
                null,
                null,
                new AiOps(Optional.of(anomalies), false, List.of(), Logs.plain()),
                null,
                null);
    }
}
