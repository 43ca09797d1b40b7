package io.meshwright.construct.observability.alerts;

import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.value.healing.HealingNames;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every alert of an environment, as rule files for Prometheus and as runbook pages for people. */
public final class AlertCatalogue {
    private final Settings settings;
    private final List<AlertGroup> groups;

    private AlertCatalogue(Settings settings, List<AlertGroup> groups) {
        this.settings = settings;
        this.groups = groups;
    }

    /** Of all that a Prometheus of ours scrapes, or of the mesh and its services where others run it. */
    public static AlertCatalogue of(Settings settings) {
        Stream<AlertGroup> groups =
                settings.parts().runsPrometheus() ? Stream.concat(mesh(settings), platform(settings)) : mesh(settings);
        return new AlertCatalogue(
                settings, groups.filter(group -> !group.alerts().isEmpty()).toList());
    }

    private static Stream<AlertGroup> mesh(Settings settings) {
        return Stream.of(
                ObjectiveAlerts.of(settings.objectives()),
                StreamAlerts.of(settings),
                GatewayAlerts.of(settings),
                ControlPlaneAlerts.all(),
                ReleaseAlerts.all(),
                SecurityAlerts.of(settings.mesh()),
                ApplicationAlerts.all());
    }

    private static Stream<AlertGroup> platform(Settings settings) {
        return Stream.of(
                ClusterAlerts.all(),
                MonitoringAlerts.of(settings),
                settings.aiOps()
                        .anomalies()
                        .map(anomalies -> AnomalyAlerts.all())
                        .orElseGet(() -> new AlertGroup("anomalies", List.of())),
                settings.aiOps()
                        .logs()
                        .alerts()
                        .map(MessageAlerts::of)
                        .orElseGet(() -> new AlertGroup("log-messages", List.of())),
                ForecastAlerts.of(settings));
    }

    public List<Alert> alerts() {
        return groups.stream().flatMap(group -> group.alerts().stream()).toList();
    }

    /** Rule files by file name. */
    public SortedMap<String, String> ruleFiles() {
        SortedMap<String, String> files = new TreeMap<>();
        groups.forEach(group -> files.put("%s.yaml".formatted(group.name()), group.text(settings)));
        return files;
    }

    /** Runbook pages by file name, to be written where {@link Settings#runbooks} points. */
    public SortedMap<String, String> runbooks() {
        SortedMap<String, String> pages = new TreeMap<>();
        for (Alert alert : alerts()) {
            pages.merge(Runbook.file(alert), Runbook.page(alert), AlertCatalogue::twice);
        }
        settings.aiOps()
                .healing()
                .ifPresent(healing -> pages.put("%s.md".formatted(HealingNames.ALERT), HealingRunbook.page(healing)));
        return pages;
    }

    private static String twice(String one, String other) {
        throw new IllegalStateException("two alerts share one name: %s".formatted(Map.entry(one, other)));
    }
}
