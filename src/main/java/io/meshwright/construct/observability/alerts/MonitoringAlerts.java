package io.meshwright.construct.observability.alerts;

import io.meshwright.construct.observability.metrics.ScrapeJob;
import io.meshwright.construct.observability.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Alerts about monitoring itself: targets that are not scraped, rules that fail, notifications that do not arrive,
 * backups that are not made. While one of them is raised, the silence of the others means nothing.
 */
final class MonitoringAlerts {
    private MonitoringAlerts() {}

    static AlertGroup of(Settings settings) {
        List<Alert> alerts = new ArrayList<>(
                List.of(targetDown(), targetsMissing(), metricsMissing(), rules(), unheard(), notifications()));
        if (settings.parts().runsGrafana()) {
            alerts.add(backup());
        }
        if (!settings.parts().remoteWrite().isEmpty()) {
            alerts.add(stores());
        }
        alerts.addAll(TelemetryAlerts.of(settings));
        return new AlertGroup("monitoring", alerts);
    }

    private static Alert targetDown() {
        return Alert.warning("TargetDown")
                .when("count by (job, namespace, app) (up == 0)", "10m")
                .summary("{{ $value | humanize }} targets of job {{ $labels.job }} "
                        + "({{ $labels.namespace }}/{{ $labels.app }}) do not answer")
                .meaning("Prometheus cannot read the metrics of these pods or nodes; alerts about them stay silent.")
                .look("up == 0", "Which targets:")
                .causes(
                        "The pod is starting, overloaded or broken.",
                        "A NetworkPolicy keeps Prometheus out.",
                        "The pod's `prometheus.io` annotations name a port or path that it does not serve.",
                        "The application's port is scraped directly although the pod takes only mTLS: with a sidecar"
                                + " the port is 15020.")
                .actions(
                        "Open the Targets page of Prometheus; it shows the error of the last scrape.",
                        "Compare the pod's annotations with what it serves.");
    }

    /** A job that discovers nothing has no {@code up} that could be zero; of istiod, IstiodDown says so. */
    private static Alert targetsMissing() {
        String none = Stream.of(ScrapeJob.values())
                .filter(job -> job != ScrapeJob.ISTIOD)
                .map(job -> "absent(up{job=\"%s\"})".formatted(job.label()))
                .collect(Collectors.joining("\nor "));
        return Alert.critical("ScrapeJobWithoutTargets")
                .when(none, "10m")
                .summary("Prometheus knows no target of job {{ $labels.job }}")
                .meaning("Nothing of this job is scraped: every dashboard and alert that reads it is empty, whatever"
                        + " happens.")
                .look("count by (job) (up)", "How many targets each job has:")
                .causes(
                        "Prometheus may not list pods or nodes: its ClusterRole or token is gone.",
                        "What the job scrapes does not run, such as a DaemonSet whose pods are refused.",
                        "A label by which the job finds its pods has changed.")
                .actions(
                        "Open the service discovery page of Prometheus: it shows what was found and what was dropped.",
                        "`kubectl auth can-i list pods --as=system:serviceaccount:NAMESPACE:prometheus`, and the same"
                                + " for nodes.");
    }

    private static Alert metricsMissing() {
        return Alert.critical("MeshMetricsMissing")
                .when("(count(istio_build{component=\"proxy\"}) or vector(0)) == 0", "10m")
                .summary("{{ $value | humanize }} proxies of the mesh are scraped")
                .meaning("Every dashboard and alert about services is empty, whatever happens to them.")
                .look("count by (job) (up)", "Which jobs have targets at all:")
                .causes(
                        "Prometheus may not list pods: its ClusterRole or token is gone.",
                        "`enablePrometheusMerge` is off, so pods carry no annotations.",
                        "A NetworkPolicy keeps Prometheus from port 15020.")
                .actions(
                        "Look at the service discovery page of Prometheus: are the pods there, and why are they"
                                + " dropped?",
                        "Compare the mesh configuration with the environment file.");
    }

    private static Alert rules() {
        return Alert.critical("PrometheusRulesFail")
                .when("sum by (rule_group) (increase(prometheus_rule_evaluation_failures_total[5m])) > 0", "10m")
                .summary("Rules of {{ $labels.rule_group }} fail")
                .meaning("Alerts and recorded series of this group are not computed.")
                .look(
                        "prometheus_rule_group_last_duration_seconds > prometheus_rule_group_interval_seconds",
                        "Groups that take longer than their interval:")
                .causes(
                        "Two targets export one series with different labels, so that a join is ambiguous.",
                        "Prometheus is short of memory or CPU.")
                .actions(
                        "Open the Rules page of Prometheus; it shows the error.",
                        "Run the rule's expression by hand and see which series are double.");
    }

    private static Alert unheard() {
        return Alert.critical("PrometheusReachesNoAlertmanager")
                .when("sum(rate(prometheus_notifications_dropped_total[5m])) > 0", "10m")
                .summary("Prometheus drops {{ $value | printf \"%.2f\" }} alerts per second, because it cannot hand"
                        + " them over")
                .meaning("Alerts are raised but reach nobody; only the Alerts page of Prometheus shows them.")
                .look("rate(prometheus_notifications_errors_total[5m])", "Errors per second, by Alertmanager:")
                .causes("Alertmanager does not run.", "A NetworkPolicy between the two.")
                .actions("See whether Alertmanager is ready, and read Prometheus' log for `alertmanager`.");
    }

    private static Alert notifications() {
        return Alert.critical("AlertmanagerNotificationsFail")
                .when("sum by (integration, reason) (rate(alertmanager_notifications_failed_total[5m])) > 0", "5m")
                .summary("Alertmanager cannot notify by {{ $labels.integration }}: {{ $labels.reason }}")
                .meaning("Alerts reach nobody by this way.")
                .look(
                        "sum by (integration) (rate(alertmanager_notifications_total[5m]))",
                        "Notifications tried, by way:")
                .causes(
                        "The address or key in the Secret is wrong or revoked.",
                        "The cluster may not call the receiver.",
                        "The channel is gone.")
                .actions(
                        "Read Alertmanager's log; it has the receiver's answer.",
                        "Put a working address or key into the Secret and restart the pod.");
    }

    private static Alert backup() {
        return Alert.warning("GrafanaBackupMissing")
                .when("""
                    time() - max(
                      kube_cronjob_status_last_successful_time{cronjob="grafana-backup"}
                      or kube_cronjob_created{cronjob="grafana-backup"}
                    ) > 2 * 86400\
                    """, "1h")
                .summary("Grafana has not been backed up for {{ $value | humanizeDuration }}")
                .meaning("If Grafana's volume is lost, what people changed since the last backup is lost.")
                .look("kube_job_status_failed{job_name=~\"grafana-backup-.+\"} > 0", "Backups that failed:")
                .causes(
                        "The backup pod cannot be placed on Grafana's node, where the volume is.",
                        "The backup volume is full.")
                .actions(
                        "`kubectl logs` of the newest job `grafana-backup-…`.",
                        "Run one by hand: " + "`kubectl create job --from=cronjob/grafana-backup grafana-backup-now`.");
    }

    private static Alert stores() {
        return Alert.warning("RemoteStoreLosesSamples")
                .when("""
                    sum by (remote_name) (rate(prometheus_remote_storage_samples_failed_total[5m])) > 0\
                    """, "15m")
                .summary("{{ $value | printf \"%.2f\" }} samples per second are lost on their way to"
                        + " {{ $labels.remote_name }}")
                .meaning("The long-term store has gaps; what Prometheus keeps itself is whole.")
                .look("prometheus_remote_storage_samples_pending", "How many samples wait, by store:")
                .look(
                        "rate(prometheus_remote_storage_samples_retried_total[5m])",
                        "How many are tried again because the store does not answer:")
                .causes(
                        "The login is wrong or revoked, or the tenant has reached a limit: the store answers 4xx.",
                        "The store was away for longer than the write-ahead log reaches back, about two hours.")
                .actions(
                        "Read Prometheus' log for `remote_name`: it has the store's answer.",
                        "Put a working login into the Secret and restart the pod.");
    }
}
