package io.meshwright.construct.observability.dashboards;

import static io.meshwright.construct.observability.dashboards.Panel.logs;
import static io.meshwright.construct.observability.dashboards.Panel.series;
import static io.meshwright.construct.observability.dashboards.Query.metric;

import java.util.List;

/** One workload: what it receives and sends, what its pods use, its JVM, its logs. */
final class WorkloadDashboard {
    private static final Variable NAMESPACE =
            new Variable("namespace", "Namespace", "label_values(kube_pod_info, namespace)");
    private static final Variable WORKLOAD = new Variable(
            "workload",
            "Workload",
            "label_values(istio_requests_total{destination_workload_namespace=\"$namespace\"}, destination_workload)");

    // What a ReplicaSet or a StatefulSet puts behind the name, and no more: web is not web-canary.
    private static final String PODS = "namespace=\"$namespace\",pod=~\"$workload-[a-z0-9]+(-[a-z0-9]{5})?\"";

    private WorkloadDashboard() {}

    static Dashboard workload() {
        return Dashboard.kialis(
                "workload",
                "Istio Workload Dashboard",
                List.of(NAMESPACE, WORKLOAD),
                traffic(),
                pods(),
                jvm(),
                lines());
    }

    private static Row traffic() {
        String in = "reporter=\"destination\",destination_workload_namespace=\"$namespace\","
                + "destination_workload=\"$workload\"";
        String out = "reporter=\"source\",source_workload_namespace=\"$namespace\",source_workload=\"$workload\"";
        return Row.of(
                "Requests",
                series(
                        "Received, by answer",
                        Unit.REQUESTS,
                        metric(
                                "sum by (response_code) (rate(istio_requests_total{%s}[5m]))".formatted(in),
                                "{{response_code}}")),
                series(
                        "Received, duration",
                        Unit.MILLISECONDS,
                        metric(quantile("0.5", in), "p50"),
                        metric(quantile("0.95", in), "p95"),
                        metric(quantile("0.99", in), "p99")),
                series(
                        "Sent, by service",
                        Unit.REQUESTS,
                        metric(
                                "sum by (destination_service) (rate(istio_requests_total{%s}[5m]))".formatted(out),
                                "{{destination_service}}")),
                series(
                        "Sent and failed",
                        Unit.REQUESTS,
                        metric(
                                """
                                sum by (destination_service, response_code, response_flags) (
                                  rate(istio_requests_total{%s,response_code=~"5.."}[5m]))\
                                """.formatted(out),
                                "{{destination_service}}" + " {{response_code}}" + " {{response_flags}}")));
    }

    private static Row pods() {
        return Row.of(
                "Pods",
                series(
                        "CPU",
                        Unit.CORES,
                        metric(
                                ("sum by (pod, container) "
                                                + "(rate(container_cpu_usage_seconds_total{container!=\"\",%s}[5m]))")
                                        .formatted(PODS),
                                "{{pod}} {{container}}")),
                series(
                        "Memory",
                        Unit.BYTES,
                        metric(
                                "sum by (pod, container) (container_memory_working_set_bytes{container!=\"\",%s})"
                                        .formatted(PODS),
                                "{{pod}} {{container}}")),
                series("Waiting for CPU", Unit.SHARE, metric("""
                    sum by (pod, container) (rate(container_cpu_cfs_throttled_periods_total{container!="",%1$s}[5m]))
                    / sum by (pod, container) (rate(container_cpu_cfs_periods_total{container!="",%1$s}[5m]))\
                    """.formatted(PODS), "{{pod}}" + " {{container}}")),
                series(
                        "Restarts",
                        Unit.NUMBER,
                        metric(
                                "sum by (pod, container) (increase(kube_pod_container_status_restarts_total{%s}[1h]))"
                                        .formatted(PODS),
                                "{{pod}} {{container}}")));
    }

    private static Row jvm() {
        return Row.of(
                "JVM (Spring Boot)",
                series(
                        "Heap",
                        Unit.BYTES,
                        metric(
                                "sum by (pod) (jvm_memory_used_bytes{area=\"heap\",%s})".formatted(PODS),
                                "{{pod}} used"),
                        metric(
                                "sum by (pod) (jvm_memory_max_bytes{area=\"heap\",%s} > 0)".formatted(PODS),
                                "{{pod}} limit")),
                series(
                        "Time in garbage collection",
                        Unit.SHARE,
                        metric("sum by (pod) (rate(jvm_gc_pause_seconds_sum{%s}[5m]))".formatted(PODS), "{{pod}}")),
                series(
                        "Threads",
                        Unit.NUMBER,
                        metric("sum by (pod) (jvm_threads_live_threads{%s})".formatted(PODS), "{{pod}}")),
                series(
                        "Database connections",
                        Unit.NUMBER,
                        metric(
                                "sum by (pod, pool) (hikaricp_connections_active{%s})".formatted(PODS),
                                "{{pod}} {{pool}} in use"),
                        metric(
                                "sum by (pod, pool) (hikaricp_connections_pending{%s})".formatted(PODS),
                                "{{pod}} {{pool}} waited for")),
                series(
                        "Requests by path",
                        Unit.REQUESTS,
                        metric(
                                "sum by (uri, status) (rate(http_server_requests_seconds_count{%s}[5m]))"
                                        .formatted(PODS),
                                "{{uri}} {{status}}")),
                series("Average duration by path", Unit.SECONDS, metric("""
                    sum by (uri) (rate(http_server_requests_seconds_sum{%1$s}[5m]))
                    / sum by (uri) (rate(http_server_requests_seconds_count{%1$s}[5m]))\
                    """.formatted(PODS), "{{uri}}")));
    }

    private static Row lines() {
        return Row.of(
                "Logs",
                logs("Application", "{%s,log_type=\"application-log\"}".formatted(PODS)),
                logs("Access log", "{%s,log_type=\"access-log\"}".formatted(PODS)));
    }

    private static String quantile(String quantile, String selector) {
        return "histogram_quantile(%s, sum by (le) (rate(istio_request_duration_milliseconds_bucket{%s}[5m])))"
                .formatted(quantile, selector);
    }
}
