package io.meshwright.construct.observability.alerts;

import io.meshwright.construct.observability.metrics.ScrapeJob;
import io.meshwright.construct.observability.metrics.Slo;
import io.meshwright.value.Percent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Monitoring itself is blind, deaf or mute; silence of the other alerts then means nothing. */
final class MonitoringAlerts {
  private MonitoringAlerts() {}

  static AlertGroup of(Percent sampling) {
    List<Alert> alerts = new ArrayList<>(List.of(targetDown(), targetsMissing(), metricsMissing(), logsMissing(), rules(),
        unheard(), notifications(), collector(), lokiErrors(), lokiDiscards(), backup()));
    if (sampling.value() > 0) {
      alerts.add(tracesMissing(sampling));
    }
    return new AlertGroup("monitoring", alerts);
  }

  private static Alert targetDown() {
    return Alert.warning("TargetDown").when("count by (job, namespace, app) (up == 0)", "10m")
        .summary("{{ $value | humanize }} targets of job {{ $labels.job }} "
            + "({{ $labels.namespace }}/{{ $labels.app }}) do not answer")
        .meaning("Prometheus cannot read the metrics of these pods or nodes; alerts about them stay silent.")
        .look("up == 0", "Which targets:")
        .causes("The pod is starting, overloaded or broken.", "A NetworkPolicy keeps Prometheus out.",
            "The pod's `prometheus.io` annotations name a port or path that it does not serve.",
            "The application's port is scraped directly although the pod takes only mTLS: with a sidecar the port is "
                + "15020.")
        .actions("Open the Targets page of Prometheus; it shows the error of the last scrape.",
            "Compare the pod's annotations with what it serves.");
  }

  /** A job that discovers nothing has no {@code up} that could be zero; of istiod, IstiodDown says so. */
  private static Alert targetsMissing() {
    String none = Stream.of(ScrapeJob.values()).filter(job -> job != ScrapeJob.ISTIOD)
        .map(job -> "absent(up{job=\"%s\"})".formatted(job.label()))
        .collect(Collectors.joining("\nor "));
    return Alert.critical("ScrapeJobWithoutTargets").when(none, "10m")
        .summary("Prometheus knows no target of job {{ $labels.job }}")
        .meaning("Nothing of this job is scraped: every dashboard and alert that reads it is empty, whatever happens.")
        .look("count by (job) (up)", "How many targets each job has:")
        .causes("Prometheus may not list pods or nodes: its ClusterRole or token is gone.",
            "What the job scrapes does not run, such as a DaemonSet whose pods are refused.",
            "A label by which the job finds its pods has changed.")
        .actions("Open the service discovery page of Prometheus: it shows what was found and what was dropped.",
            "`kubectl auth can-i list pods --as=system:serviceaccount:NAMESPACE:prometheus`, and the same for nodes.");
  }

  private static Alert metricsMissing() {
    return Alert.critical("MeshMetricsMissing").when("absent(istio_build{component=\"proxy\"})", "10m")
        .summary("No proxy of the mesh is scraped")
        .meaning("Every dashboard and alert about services is empty, whatever happens to them.")
        .look("count by (job) (up)", "Which jobs have targets at all:")
        .causes("Prometheus may not list pods: its ClusterRole or token is gone.",
            "`enablePrometheusMerge` is off, so pods carry no annotations.",
            "A NetworkPolicy keeps Prometheus from port 15020.")
        .actions("Look at the service discovery page of Prometheus: are the pods there, and why are they dropped?",
            "Compare the mesh configuration with the environment file.");
  }

  private static Alert logsMissing() {
    return Alert.critical("LogsMissing").when("""
        sum(rate(loki_distributor_lines_received_total[15m])) == 0
        or absent(loki_distributor_lines_received_total)""", "15m")
        .summary("No log line has reached Loki for half an hour")
        .meaning("Logs are not kept; what happens now cannot be read later.")
        .look("sum by (app) (rate(otelcol_receiver_accepted_log_records[5m]))", "What the collectors read:")
        .look("sum by (app) (rate(otelcol_exporter_send_failed_log_records[5m]))", "What they could not deliver:")
        .causes("Loki does not run or its volume is full.", "The agents may not read the nodes' log files.")
        .actions("See whether Loki is ready, then read the log of one agent: `kubectl logs` works without Loki.");
  }

  private static Alert tracesMissing(Percent sampling) {
    return Alert.warning("TracesMissing").when("""
        (sum(rate(otelcol_receiver_accepted_spans{app="otel-collector"}[1h])) or vector(0)) == 0
        and sum(avg_over_time(%s[1h])) * 3600 * %s / 100 > 20""".formatted(Slo.REQUESTS, sampling), "30m")
        .summary("No span arrives, although requests are made")
        .meaning("Traces are not kept, although %s %% of the requests should be traced.".formatted(sampling))
        .look("sum by (app) (rate(otelcol_exporter_sent_spans[5m]))", "What the collector passes on:")
        .causes("The Telemetry resource names a provider that the mesh configuration does not have.",
            "istiod did not know the collector's Service when it made the proxies' configuration.",
            "The collector's port is not named or declared as gRPC.")
        .actions("`istioctl proxy-config bootstrap` of one pod, and look for the tracing provider.",
            "Restart one workload and see whether its spans arrive.");
  }

  private static Alert rules() {
    return Alert.critical("PrometheusRulesFail")
        .when("sum by (rule_group) (increase(prometheus_rule_evaluation_failures_total[5m])) > 0", "10m")
        .summary("Rules of {{ $labels.rule_group }} fail")
        .meaning("Alerts and recorded series of this group are not computed.")
        .look("prometheus_rule_group_last_duration_seconds > prometheus_rule_group_interval_seconds",
            "Groups that take longer than their interval:")
        .causes("Two targets export one series with different labels, so that a join is ambiguous.",
            "Prometheus is short of memory or CPU.")
        .actions("Open the Rules page of Prometheus; it shows the error.",
            "Run the rule's expression by hand and see which series are double.");
  }

  private static Alert unheard() {
    return Alert.critical("PrometheusReachesNoAlertmanager")
        .when("max(prometheus_notifications_alertmanagers_discovered) < 1 "
        + "or sum(rate(prometheus_notifications_dropped_total[5m])) > 0", "10m")
        .summary("Prometheus cannot hand its alerts over")
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
        .look("sum by (integration) (rate(alertmanager_notifications_total[5m]))", "Notifications tried, by way:")
        .causes("The webhook's address in the Secret is wrong or revoked.", "The cluster may not call Slack.",
            "The channel is gone.")
        .actions("Read Alertmanager's log; it has Slack's answer.",
            "Put a working address into the Secret and restart the pod.");
  }

  private static Alert collector() {
    return Alert.warning("CollectorLosesData").when("""
        sum by (app, exporter) (rate(otelcol_exporter_send_failed_spans[5m])) > 0
        or sum by (app, exporter) (rate(otelcol_exporter_send_failed_log_records[5m])) > 0
        or sum by (app, exporter) (rate(otelcol_exporter_enqueue_failed_spans[5m])) > 0
        or sum by (app, exporter) (rate(otelcol_exporter_enqueue_failed_log_records[5m])) > 0""", "10m")
        .summary("{{ $labels.app }} loses {{ $value | printf \"%.2f\" }} records per second on their way to "
            + "{{ $labels.exporter }}")
        .meaning("Logs or spans are read but not stored.")
        .look("otelcol_exporter_queue_size / otelcol_exporter_queue_capacity", "How full the queues are:")
        .look("sum by (reason) (rate(loki_discarded_samples_total[5m]))", "What Loki refuses, and why:")
        .causes("Loki or Jaeger does not answer or is too slow.", "Loki refuses lines that are too old or too many.")
        .actions("See whether Loki and Jaeger are ready.",
            "Read the collector's log; it names the answer that it got.");
  }

  private static Alert lokiErrors() {
    return Alert.warning("LokiRequestsFail").when("""
        sum by (route) (rate(loki_request_duration_seconds_count{status_code=~"5.."}[5m]))
        / sum by (route) (rate(loki_request_duration_seconds_count[5m])) > 0.1""", "15m")
        .summary("{{ $value | humanizePercentage }} of Loki's requests on {{ $labels.route }} fail")
        .meaning("Logs cannot be stored, or cannot be read.")
        .look("sum by (status_code) (rate(loki_request_duration_seconds_count[5m]))", "Requests by answer:")
        .causes("The volume is full.", "A query over more than Loki has memory for.")
        .actions("Read Loki's log.", "Look at its volume; narrow the queries that fail.");
  }

  private static Alert lokiDiscards() {
    return Alert.warning("LokiDiscardsLogs")
        .when("sum by (reason) (rate(loki_discarded_samples_total[15m])) > 0", "15m")
        .summary("Loki discards {{ $value | printf \"%.2f\" }} lines per second: {{ $labels.reason }}")
        .meaning("Some log lines are refused by a limit and lost.")
        .look("topk(5, sum by (namespace, pod) (rate(otelcol_receiver_accepted_log_records[5m])))",
            "Which agents read most:")
        .causes("`rate_limited`, `per_stream_rate_limit`: a pod logs far too much.",
            "`line_too_long`: a line above 256 KB.",
            "`greater_than_max_sample_age`: an agent was away for long and catches up.")
        .actions("Make the noisy pod quieter.",
            "Raise the limit that `reason` names in Loki's configuration if the volume allows.");
  }

  private static Alert backup() {
    return Alert.warning("GrafanaBackupMissing").when("""
        time() - max(
          kube_cronjob_status_last_successful_time{cronjob="grafana-backup"}
          or kube_cronjob_created{cronjob="grafana-backup"}
        ) > 2 * 86400""", "1h")
        .summary("Grafana has not been backed up for {{ $value | humanizeDuration }}")
        .meaning("If Grafana's volume is lost, what people changed since the last backup is lost.")
        .look("kube_job_status_failed{job_name=~\"grafana-backup-.+\"} > 0", "Backups that failed:")
        .causes("The backup pod cannot be placed on Grafana's node, where the volume is.", "The backup volume is full.")
        .actions("`kubectl logs` of the newest job `grafana-backup-…`.", "Run one by hand: "
            + "`kubectl create job --from=cronjob/grafana-backup grafana-backup-now`.");
  }
}
