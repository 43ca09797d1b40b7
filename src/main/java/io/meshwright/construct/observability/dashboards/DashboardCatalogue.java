package io.meshwright.construct.observability.dashboards;

import java.util.List;

/** Every dashboard that Grafana is given. */
public final class DashboardCatalogue {
    private DashboardCatalogue() {}

    public static List<Dashboard> all() {
        return List.of(
                MeshDashboards.mesh(),
                ServiceDashboard.service(),
                WorkloadDashboard.workload(),
                MeshDashboards.gateway(),
                MeshDashboards.controlPlane(),
                MeshDashboards.performance(),
                PlatformDashboards.monitoring(),
                PlatformDashboards.cluster(),
                PlatformDashboards.business());
    }
}
