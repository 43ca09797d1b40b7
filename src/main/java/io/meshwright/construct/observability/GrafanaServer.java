package io.meshwright.construct.observability;

import io.meshwright.construct.Workload;
import io.meshwright.construct.observability.dashboards.Dashboard;
import io.meshwright.construct.observability.dashboards.DashboardCatalogue;
import io.meshwright.construct.observability.dashboards.GrafanaBackup;
import io.meshwright.construct.observability.dashboards.GrafanaConfig;
import io.meshwright.construct.observability.settings.Component;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.settings.ToolAddress;
import io.meshwright.construct.pod.PodContainer;
import io.meshwright.construct.pod.PodMount;
import io.meshwright.construct.pod.PodVolume;
import io.meshwright.value.workload.ServicePort;
import java.util.Map;
import java.util.TreeMap;
import software.constructs.Construct;

/**
 * Runs Grafana, with its data sources and every dashboard provisioned, and its database on a volume that is backed up.
 */
final class GrafanaServer {
    private final Program program;
    private final Plan plan;

    GrafanaServer(Construct scope, Plan plan) {
        this.plan = plan;
        this.program = new Program(scope, plan, Component.GRAFANA);
    }

    void run() {
        Settings settings = plan.settings();
        ToolAddress address = plan.address(Tool.GRAFANA);
        program.file(
                        "grafana-datasources",
                        "%s/datasources/meshwright.yaml".formatted(GrafanaConfig.PROVISIONING),
                        GrafanaConfig.dataSources(settings))
                .file(
                        "grafana-provider",
                        "%s/dashboards/meshwright.yaml".formatted(GrafanaConfig.PROVISIONING),
                        GrafanaConfig.dashboardProvider())
                .data(GrafanaConfig.DATA, settings.volumes().grafana())
                .scratch("/tmp", "256Mi")
                .port(ServicePort.http(address.tool().port()))
                .probes(address.readiness().path(), address.liveness().path(), "http", 300)
                .scraped(address.metrics())
                .container(container -> container
                        .texts(GrafanaConfig.environment(settings))
                        .secretEnv(new TreeMap<>(Map.of(
                                "GF_SECURITY_ADMIN_PASSWORD",
                                plan.props().credentials().grafanaAdmin()))))
                // Mounted here too: a class that waits for its first consumer would leave the claim pending until the
                // night's backup, and Argo CD's waves with it.
                .pod(pod -> pod.volume(PodVolume.claim(BackupJobs.VOLUME, BackupJobs.BACKUP))
                        .initContainer(putInPlace()));
        DashboardCatalogue.of(settings).forEach(this::dashboard);
        program.run(1);
    }

    /** A ConfigMap for each, because one object may not grow beyond what the API server stores. */
    private void dashboard(Dashboard dashboard) {
        program.files(
                "grafana-dashboard-%s".formatted(dashboard.uid()),
                "%s/%s".formatted(GrafanaConfig.DASHBOARDS, dashboard.uid()),
                Map.of(dashboard.file(), dashboard.json(plan.settings().parts())));
    }

    /** An init container of Grafana's own image, which has the shell that this takes. */
    private PodContainer putInPlace() {
        return PodContainer.named("put-backup-in-place")
                .image(plan.image(Component.GRAFANA))
                .resources(plan.resources(Component.GRAFANA_BACKUP))
                .command(GrafanaBackup.putInPlace())
                .mount(PodMount.writable(Workload.VOLUME, GrafanaConfig.DATA))
                .mount(PodMount.readOnly(BackupJobs.VOLUME, GrafanaBackup.BACKUPS))
                .build();
    }
}
