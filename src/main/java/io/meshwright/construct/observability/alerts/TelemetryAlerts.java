package io.meshwright.construct.observability.alerts;

import io.meshwright.construct.observability.metrics.Slo;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.value.Percent;
import java.util.ArrayList;
import java.util.List;

/** Alerts about logs and traces that do not arrive, or not all of them. */
final class TelemetryAlerts {
    private TelemetryAlerts() {}

    /** Of a Loki of others its own people are told. */
    static List<Alert> of(Settings settings) {
        List<Alert> alerts = new ArrayList<>();
        boolean ours = settings.parts().runsLoki();
        if (ours) {
            alerts.add(logsMissing());
        }
        if (settings.parts().collects()) {
            alerts.add(collector());
        }
        if (ours) {
            alerts.addAll(List.of(lokiErrors(), lokiDiscards()));
        }
        Percent sampling = settings.mesh().sampling();
        if (settings.parts().hasTraces() && sampling.value() > 0) {
            alerts.add(tracesMissing(sampling));
        }
        return alerts;
    }

    private static Alert logsMissing() {
        return Alert.critical("LogsMissing")
                .when("(sum(rate(loki_distributor_lines_received_total[15m])) or vector(0)) == 0", "15m")
                .summary("{{ $value | humanize }} log lines per second have reached Loki in the last half hour")
                .meaning("Logs are not kept; what happens now cannot be read later.")
                .look("sum by (app) (rate(otelcol_receiver_accepted_log_records[5m]))", "What the collectors read:")
                .look(
                        "sum by (app) (rate(otelcol_exporter_send_failed_log_records[5m]))",
                        "What they could not deliver:")
                .causes("Loki does not run or its volume is full.", "The agents may not read the nodes' log files.")
                .actions("See whether Loki is ready, then read the log of one agent: `kubectl logs` works without"
                        + " Loki.");
    }

    private static Alert tracesMissing(Percent sampling) {
        return Alert.warning("TracesMissing")
                .when("""
                    (sum(rate(otelcol_receiver_accepted_spans{app="otel-collector"}[1h])) or vector(0)) == 0
                    and sum(avg_over_time(%s[1h])) * 3600 * %s / 100 > 20\
                    """.formatted(Slo.REQUESTS, sampling), "30m")
                .summary("{{ $value | humanize }} spans per second arrive, although requests are made")
                .meaning("Traces are not kept, although %s %% of the requests should be traced.".formatted(sampling))
                .look("sum by (app) (rate(otelcol_exporter_sent_spans[5m]))", "What the collector passes on:")
                .causes(
                        "The Telemetry resource names a provider that the mesh configuration does not have.",
                        "istiod did not know the collector's Service when it made the proxies' configuration.",
                        "The collector's port is not named or declared as gRPC.")
                .actions(
                        "`istioctl proxy-config bootstrap` of one pod, and look for the tracing provider.",
                        "Restart one workload and see whether its spans arrive.");
    }

    private static Alert collector() {
        return Alert.warning("CollectorLosesData")
                .when("""
                    sum by (app, exporter) (rate(otelcol_exporter_send_failed_spans[5m])) > 0
                    or sum by (app, exporter) (rate(otelcol_exporter_send_failed_log_records[5m])) > 0
                    or sum by (app, exporter) (rate(otelcol_exporter_enqueue_failed_spans[5m])) > 0
                    or sum by (app, exporter) (rate(otelcol_exporter_enqueue_failed_log_records[5m])) > 0\
                    """, "10m")
                .summary("{{ $labels.app }} loses {{ $value | printf \"%.2f\" }} records per second on their way to "
                        + "{{ $labels.exporter }}")
                .meaning("Logs or spans are read but not stored.")
                .look("otelcol_exporter_queue_size / otelcol_exporter_queue_capacity", "How full the queues are:")
                .look("sum by (reason) (rate(loki_discarded_samples_total[5m]))", "What Loki refuses, and why:")
                .causes(
                        "Loki or Jaeger does not answer or is too slow.",
                        "Loki refuses lines that are too old or too many.")
                .actions(
                        "See whether Loki and Jaeger are ready.",
                        "Read the collector's log; it names the answer that it got.");
    }

    private static Alert lokiErrors() {
        return Alert.warning("LokiRequestsFail")
                .when("""
                    sum by (route) (rate(loki_request_duration_seconds_count{status_code=~"5.."}[5m]))
                    / sum by (route) (rate(loki_request_duration_seconds_count[5m])) > 0.1\
                    """, "15m")
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
                .look(
                        "topk(5, sum by (namespace, pod) (rate(otelcol_receiver_accepted_log_records[5m])))",
                        "Which agents read most:")
                .causes(
                        "`rate_limited`, `per_stream_rate_limit`: a pod logs far too much.",
                        "`line_too_long`: a line above 256 KB.",
                        "`greater_than_max_sample_age`: an agent was away for long and catches up.")
                .actions(
                        "Make the noisy pod quieter.",
                        "Raise the limit that `reason` names in Loki's configuration if the volume allows.");
    }
}
