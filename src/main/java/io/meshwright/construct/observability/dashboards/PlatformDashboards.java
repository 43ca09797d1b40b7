package io.meshwright.construct.observability.dashboards;

import static io.meshwright.construct.observability.dashboards.Panel.series;
import static io.meshwright.construct.observability.dashboards.Panel.stat;
import static io.meshwright.construct.observability.dashboards.Panel.table;
import static io.meshwright.construct.observability.dashboards.Query.metric;

import io.meshwright.construct.observability.metrics.NodeDisks;
import java.util.List;

/** Dashboards of what the mesh stands on, of monitoring itself, and of the business. */
final class PlatformDashboards {
    private PlatformDashboards() {}

    static Dashboard monitoring() {
        return Dashboard.own(
                "monitoring",
                "Loki and Jaeger Health",
                List.of(),
                Row.of(
                        "Logs",
                        series(
                                "Lines into Loki",
                                Unit.PER_SECOND,
                                metric("sum(rate(loki_distributor_lines_received_total[5m]))", "lines")),
                        series(
                                "Lines that Loki discards",
                                Unit.PER_SECOND,
                                metric("sum by (reason) (rate(loki_discarded_samples_total[5m]))", "{{reason}}")),
                        series(
                                "Loki's answers",
                                Unit.REQUESTS,
                                metric(
                                        "sum by (route, status_code) (rate(loki_request_duration_seconds_count[5m]))",
                                        "{{route}} {{status_code}}")),
                        series(
                                "Streams in memory",
                                Unit.NUMBER,
                                metric("sum(loki_ingester_memory_streams)", "streams"))),
                Row.of(
                        "Collectors",
                        series(
                                "Received",
                                Unit.PER_SECOND,
                                metric(
                                        "sum by (app) (rate(otelcol_receiver_accepted_log_records[5m]))",
                                        "{{app}} lines"),
                                metric("sum by (app) (rate(otelcol_receiver_accepted_spans[5m]))", "{{app}} spans")),
                        series(
                                "Refused or not delivered",
                                Unit.PER_SECOND,
                                metric(
                                        "sum by (app) (rate(otelcol_receiver_refused_log_records[5m]))",
                                        "{{app}} lines refused"),
                                metric(
                                        "sum by (app) (rate(otelcol_receiver_refused_spans[5m]))",
                                        "{{app}} spans refused"),
                                metric(
                                        "sum by (app) (rate(otelcol_exporter_send_failed_log_records[5m]))",
                                        "{{app}} lines not delivered"),
                                metric(
                                        "sum by (app) (rate(otelcol_exporter_send_failed_spans[5m]))",
                                        "{{app}} spans not delivered")),
                        series(
                                "Queues",
                                Unit.SHARE,
                                metric(
                                        "otelcol_exporter_queue_size / otelcol_exporter_queue_capacity",
                                        "{{app}} {{exporter}}")),
                        series(
                                "Memory",
                                Unit.BYTES,
                                metric("sum by (app, pod) (otelcol_process_memory_rss)", "{{app}} {{pod}}"))),
                Row.of(
                        "Traces",
                        series(
                                "Spans into Jaeger",
                                Unit.PER_SECOND,
                                metric("sum(rate(otelcol_receiver_accepted_spans{app=\"jaeger\"}[5m]))", "spans")),
                        series(
                                "Stored by Jaeger",
                                Unit.BYTES,
                                metric("sum(jaeger_storage_badger_size_bytes_lsm)", "index"),
                                metric("sum(jaeger_storage_badger_size_bytes_vlog)", "values"))),
                Row.of(
                        "Metrics",
                        series("Series", Unit.NUMBER, metric("prometheus_tsdb_head_series", "series")),
                        series(
                                "Targets that do not answer",
                                Unit.NUMBER,
                                metric("count by (job) (up == 0)", "{{job}}")),
                        series(
                                "Notifications",
                                Unit.PER_SECOND,
                                metric(
                                        "sum by (integration) (rate(alertmanager_notifications_total[5m]))",
                                        "{{integration}}"),
                                metric(
                                        "sum by (integration) (rate(alertmanager_notifications_failed_total[5m]))",
                                        "{{integration}} failed")),
                        series(
                                "Rules",
                                Unit.SECONDS,
                                metric(
                                        "sum by (rule_group) (prometheus_rule_group_last_duration_seconds)",
                                        "{{rule_group}}"))));
    }

    static Dashboard cluster() {
        return Dashboard.own(
                "cluster",
                "Nodes and Volumes",
                List.of(),
                Row.of(
                        "Nodes",
                        series(
                                "CPU in use",
                                Unit.SHARE,
                                metric(
                                        "1 - avg by (node) (rate(node_cpu_seconds_total{mode=\"idle\"}[5m]))",
                                        "{{node}}")),
                        series(
                                "Memory in use",
                                Unit.SHARE,
                                metric(
                                        "1 - max by (node) (node_memory_MemAvailable_bytes /"
                                                + " node_memory_MemTotal_bytes)",
                                        "{{node}}")),
                        series("Memory that pods asked for", Unit.SHARE, metric("""
                            sum by (node) (kube_pod_container_resource_requests{resource="memory"})
                            / sum by (node) (kube_node_status_allocatable{resource="memory"})\
                            """, "{{node}}")),
                        series("Disk in use", Unit.SHARE, metric("""
                            1 - max by (node) (node_filesystem_avail_bytes{%1$s} / node_filesystem_size_bytes{%1$s})\
                            """.formatted(NodeDisks.SELECTOR), "{{node}}"))),
                Row.of(
                        "Volumes",
                        table(
                                "Every claim",
                                Unit.BYTES,
                                metric(
                                        "max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_used_bytes)",
                                        "used"),
                                metric(
                                        "max by (namespace, persistentvolumeclaim)"
                                                + " (kubelet_volume_stats_capacity_bytes)",
                                        "size"))),
                Row.of(
                        "Pods",
                        series(
                                "Not running",
                                Unit.NUMBER,
                                metric(
                                        "sum by (namespace, phase)"
                                                + " (kube_pod_status_phase{phase=~\"Pending|Failed|Unknown\"}) > 0",
                                        "{{namespace}} {{phase}}")),
                        series(
                                "Restarts in an hour",
                                Unit.NUMBER,
                                metric(
                                        "topk(10, sum by (namespace, pod)"
                                                + " (increase(kube_pod_container_status_restarts_total[1h])) > 0)",
                                        "{{namespace}}/{{pod}}"))));
    }

    static Dashboard business() {
        return Dashboard.own(
                "business",
                "Business Metrics",
                List.of(),
                Row.of(
                        "Sign-in",
                        stat("Tokens checked", Unit.PER_SECOND, "sum(rate(jwt_validations_total[5m]))")
                                .wide(6),
                        stat("Requests to Keycloak", Unit.PER_SECOND, "sum(rate(keycloak_requests_total[5m]))")
                                .wide(6),
                        stat("Tokens checked today", Unit.NUMBER, "sum(increase(jwt_validations_total[1d]))")
                                .wide(6),
                        stat("Requests to Keycloak today", Unit.NUMBER, "sum(increase(keycloak_requests_total[1d]))")
                                .wide(6),
                        series(
                                "Tokens checked",
                                Unit.PER_SECOND,
                                metric("sum by (app) (rate(jwt_validations_total[5m]))", "{{app}}")),
                        series(
                                "Requests to Keycloak",
                                Unit.PER_SECOND,
                                metric("sum by (app) (rate(keycloak_requests_total[5m]))", "{{app}}")),
                        series(
                                        "Requests to Keycloak per token",
                                        Unit.NUMBER,
                                        metric(
                                                "sum(rate(keycloak_requests_total[5m])) /"
                                                        + " (sum(rate(jwt_validations_total[5m])) > 0)",
                                                "requests"))
                                .saying("Rises when the keys with which tokens are checked are no longer kept.")));
    }
}
