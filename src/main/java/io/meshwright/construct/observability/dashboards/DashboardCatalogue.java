package io.meshwright.construct.observability.dashboards;

import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.value.telemetry.MonitoringParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every dashboard that Grafana is given. */
public final class DashboardCatalogue {
    private DashboardCatalogue() {}

    public static List<Dashboard> of(Settings settings) {
        List<Dashboard> dashboards =
                new ArrayList<>(usual(settings.aiOps().logs().patterns(), settings.parts()));
        if (settings.aiOps().anomalies().isPresent()) {
            dashboards.add(AnomalyDashboard.anomalies());
        }
        if (!settings.mesh().streaming().isEmpty()) {
            dashboards.add(StreamDashboard.streams(settings.mesh().streaming()));
        }
        return settings.parts().hasLogs()
                ? dashboards
                : dashboards.stream()
                        .map(dashboard -> dashboard.without(Source.LOKI))
                        .toList();
    }

    /** Of a Prometheus of others nothing is known but the mesh: it has dashboards of its own for nodes. */
    private static List<Dashboard> usual(boolean patterns, MonitoringParts parts) {
        Map<String, Boolean> runs = Map.of(
                "Logs", parts.runsLoki(),
                "Collectors", parts.collects(),
                "Traces", parts.runsJaeger(),
                "Metrics", parts.runsPrometheus());
        return Stream.of(
                        MeshDashboards.mesh(),
                        patterns ? ServiceDashboard.withPatterns() : ServiceDashboard.service(),
                        WorkloadDashboard.workload(),
                        MeshDashboards.gateway(),
                        MeshDashboards.controlPlane(),
                        MeshDashboards.performance(),
                        PlatformDashboards.monitoring().keeping(row -> runs.getOrDefault(row.title(), true)),
                        PlatformDashboards.cluster().keeping(row -> parts.runsPrometheus()),
                        PlatformDashboards.business())
                .filter(dashboard -> !dashboard.rows().isEmpty())
                .toList();
    }
}
