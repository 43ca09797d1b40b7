package io.meshwright.construct.observability.dashboards;

import io.meshwright.construct.observability.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/** Every dashboard that Grafana is given. */
public final class DashboardCatalogue {
    private DashboardCatalogue() {}

    public static List<Dashboard> of(Settings settings) {
        List<Dashboard> dashboards =
                new ArrayList<>(usual(settings.aiOps().logs().patterns()));
        if (settings.aiOps().anomalies().isPresent()) {
            dashboards.add(AnomalyDashboard.anomalies());
        }
        return dashboards;
    }

    private static List<Dashboard> usual(boolean patterns) {
        return List.of(
                MeshDashboards.mesh(),
                patterns ? ServiceDashboard.withPatterns() : ServiceDashboard.service(),
                WorkloadDashboard.workload(),
                MeshDashboards.gateway(),
                MeshDashboards.controlPlane(),
                MeshDashboards.performance(),
                PlatformDashboards.monitoring(),
                PlatformDashboards.cluster(),
                PlatformDashboards.business());
    }
}
