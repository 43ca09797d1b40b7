package io.meshwright.construct.observability.dashboards;

import static io.meshwright.construct.observability.dashboards.Panel.series;
import static io.meshwright.construct.observability.dashboards.Panel.stat;
import static io.meshwright.construct.observability.dashboards.Panel.table;
import static io.meshwright.construct.observability.dashboards.Query.metric;

import io.meshwright.construct.observability.metrics.Slo;
import java.util.List;

/** Dashboards of the mesh as a whole: its services, its gateways, its control plane, its proxies. */
final class MeshDashboards {
    private static final String SERVICE = "{{destination_service_namespace}}/{{destination_service_name}}";
    private static final Variable GATEWAY = new Variable(
            "gateway",
            "Gateway",
            "label_values(istio_requests_total{reporter=\"source\",source_workload=~\".*gateway.*\"},"
                    + " source_workload)");

    private MeshDashboards() {}

    static Dashboard mesh() {
        return Dashboard.kialis(
                "mesh",
                "Istio Mesh Dashboard",
                List.of(),
                Row.of(
                        "Now",
                        stat("Requests", Unit.REQUESTS, "sum(%s)".formatted(Slo.REQUESTS)),
                        stat("Failed", Unit.SHARE, "sum(%s) / sum(%s)".formatted(Slo.ERRORS, Slo.REQUESTS)),
                        stat("Services with requests", Unit.NUMBER, "count(%s > 0)".formatted(Slo.REQUESTS)),
                        stat("Proxies", Unit.NUMBER, "count(istio_build{component=\"proxy\"})"),
                        stat("Under mTLS", Unit.SHARE, """
                            sum(rate(istio_requests_total{reporter="destination",connection_security_policy="mutual_tls"}[5m]))
                            / sum(rate(istio_requests_total{reporter="destination"}[5m]))\
                            """)
                                .saying("Share of the requests that pods with a sidecar received encrypted."),
                        stat("Alerts", Unit.NUMBER, "count(ALERTS{alertstate=\"firing\"}) or vector(0)")),
                Row.of(
                        "Services",
                        table(
                                "Every service",
                                Unit.NUMBER,
                                metric(Slo.REQUESTS, "requests/s"),
                                metric("%s * 100".formatted(Slo.errorRatio("5m")), "failed %"),
                                metric("service:istio_request_duration_milliseconds:p50", "p50 ms"),
                                metric("service:istio_request_duration_milliseconds:p95", "p95 ms"),
                                metric("service:istio_request_duration_milliseconds:p99", "p99 ms"),
                                metric("%s * 100".formatted(Slo.errorRatio("3d")), "failed % in 3 days")),
                        series("Requests", Unit.REQUESTS, metric("topk(15, %s)".formatted(Slo.REQUESTS), SERVICE)),
                        series("Failed", Unit.SHARE, metric("%s > 0".formatted(Slo.errorRatio("5m")), SERVICE)),
                        series(
                                "95th percentile",
                                Unit.MILLISECONDS,
                                metric("topk(15, service:istio_request_duration_milliseconds:p95)", SERVICE)),
                        series(
                                "TCP",
                                Unit.BYTES_PER_SECOND,
                                metric(
                                        "topk(15, sum by (destination_service_namespace, destination_service_name) "
                                                + "(rate(istio_tcp_sent_bytes_total{reporter=\"source\"}[5m])))",
                                        "%s sent".formatted(SERVICE)))),
                Row.of("Alerts", table("Raised", Unit.NUMBER, metric("ALERTS{alertstate=\"firing\"}", "raised"))));
    }

    static Dashboard gateway() {
        String through = "reporter=\"source\",source_workload=\"$gateway\"";
        return Dashboard.own(
                "gateway",
                "Gateway and TLS",
                List.of(GATEWAY),
                Row.of(
                        "Requests",
                        series(
                                "By service",
                                Unit.REQUESTS,
                                metric(
                                        "sum by (destination_service_name) (rate(istio_requests_total{%s}[5m]))"
                                                .formatted(through),
                                        "{{destination_service_name}}")),
                        series(
                                "By answer",
                                Unit.REQUESTS,
                                metric(
                                        "sum by (response_code) (rate(istio_requests_total{%s}[5m]))"
                                                .formatted(through),
                                        "{{response_code}}")),
                        series(
                                        "Why Envoy answered itself",
                                        Unit.REQUESTS,
                                        metric("""
                                            sum by (response_flags) (rate(istio_requests_total{%s,response_flags!="-"}[5m]))\
                                            """.formatted(through), "{{response_flags}}"))
                                .saying("NR: no route. UH: no healthy pod. UF: connection failed. UT: timeout. UO:"
                                        + " circuit open. DC: the client left."),
                        series(
                                "95th percentile by service",
                                Unit.MILLISECONDS,
                                metric("""
                                    histogram_quantile(0.95, sum by (le, destination_service_name) (
                                      rate(istio_request_duration_milliseconds_bucket{%s}[5m])))\
                                    """.formatted(through), "{{destination_service_name}}"))),
                Row.of(
                        "Certificates",
                        table(
                                        "cert-manager",
                                        Unit.NUMBER,
                                        metric(
                                                "(certmanager_certificate_expiration_timestamp_seconds - time()) /"
                                                        + " 86400",
                                                "days left"),
                                        metric("certmanager_certificate_ready_status{condition=\"True\"}", "ready"))
                                .wide(16),
                        stat(
                                "Mesh root, days left",
                                Unit.NUMBER,
                                "(min(citadel_server_root_cert_expiry_timestamp) - time()) / 86400"),
                        stat(
                                "Shortest workload certificate",
                                Unit.SECONDS,
                                "min(istio_agent_cert_expiry_seconds{resource_name=\"default\"})")),
                Row.of(
                        "Pods",
                        series(
                                "CPU",
                                Unit.CORES,
                                metric(
                                        "sum by (pod)"
                                                + " (rate(container_cpu_usage_seconds_total{container!=\"\",pod=~\"$gateway-.+\"}[5m]))",
                                        "{{pod}}")),
                        series(
                                "Memory",
                                Unit.BYTES,
                                metric(
                                        "sum by (pod)"
                                                + " (container_memory_working_set_bytes{container!=\"\",pod=~\"$gateway-.+\"})",
                                        "{{pod}}"))));
    }

    static Dashboard controlPlane() {
        return Dashboard.kialis(
                "control-plane",
                "Istio Control Plane Dashboard",
                List.of(),
                Row.of(
                        "Now",
                        stat("istiod", Unit.NUMBER, "count(up{job=\"istiod\"} == 1) or vector(0)"),
                        stat("Connected proxies", Unit.NUMBER, "sum(pilot_xds)"),
                        stat("Services", Unit.NUMBER, "max(pilot_services)"),
                        stat("VirtualServices", Unit.NUMBER, "max(pilot_virt_services)"),
                        stat(
                                        "Slowest change",
                                        Unit.SECONDS,
                                        "histogram_quantile(0.99, sum by (le)"
                                                + " (rate(pilot_proxy_convergence_time_bucket[5m])))")
                                .saying("How long a change takes until 99 % of the proxies have it."),
                        stat(
                                "Injections failed",
                                Unit.NUMBER,
                                "sum(increase(sidecar_injection_failure_total[1h])) or vector(0)")),
                Row.of(
                        "Configuration",
                        series(
                                "Pushes",
                                Unit.PER_SECOND,
                                metric("sum by (type) (rate(pilot_xds_pushes[5m]))", "{{type}}")),
                        series(
                                "What causes them",
                                Unit.PER_SECOND,
                                metric("sum by (type) (rate(pilot_push_triggers[5m]))", "{{type}}")),
                        series(
                                "Errors",
                                Unit.PER_SECOND,
                                metric("sum by (type) (rate(pilot_total_xds_rejects[5m]))", "rejected {{type}}"),
                                metric("sum(rate(pilot_total_xds_internal_errors[5m]))", "internal"),
                                metric("sum(rate(pilot_xds_write_timeout[5m]))", "write timeout")),
                        series(
                                "Time to reach proxies",
                                Unit.SECONDS,
                                metric(
                                        "histogram_quantile(0.5, sum by (le)"
                                                + " (rate(pilot_proxy_convergence_time_bucket[5m])))",
                                        "p50"),
                                metric(
                                        "histogram_quantile(0.99, sum by (le)"
                                                + " (rate(pilot_proxy_convergence_time_bucket[5m])))",
                                        "p99")),
                        series(
                                "Conflicts",
                                Unit.NUMBER,
                                metric("max(pilot_conflict_inbound_listener)", "inbound listeners"),
                                metric("max(pilot_duplicate_envoy_clusters)", "clusters"),
                                metric("max(pilot_vservice_dup_domain)", "domains of VirtualServices")),
                        series(
                                "Validation",
                                Unit.PER_SECOND,
                                metric("sum(rate(galley_validation_passed[5m]))", "accepted"),
                                metric("sum(rate(galley_validation_failed[5m]))", "refused"))),
                Row.of(
                        "Certificates and injection",
                        series(
                                "Signed",
                                Unit.PER_SECOND,
                                metric("sum(rate(citadel_server_csr_count[5m]))", "requests")),
                        series(
                                "Injection",
                                Unit.PER_SECOND,
                                metric("sum(rate(sidecar_injection_success_total[5m]))", "injected"),
                                metric("sum(rate(sidecar_injection_failure_total[5m]))", "failed"))),
                Row.of(
                        "istiod itself",
                        series(
                                "CPU",
                                Unit.CORES,
                                metric("rate(process_cpu_seconds_total{job=\"istiod\"}[5m])", "{{pod}}")),
                        series(
                                "Memory",
                                Unit.BYTES,
                                metric("process_resident_memory_bytes{job=\"istiod\"}", "{{pod}}"))));
    }

    static Dashboard performance() {
        return Dashboard.kialis(
                "performance",
                "Istio Performance Dashboard",
                List.of(),
                Row.of(
                        "Sidecars",
                        stat(
                                "CPU of all sidecars",
                                Unit.CORES,
                                "sum(rate(container_cpu_usage_seconds_total{container=\"istio-proxy\"}[5m]))"),
                        stat(
                                "Memory of all sidecars",
                                Unit.BYTES,
                                "sum(container_memory_working_set_bytes{container=\"istio-proxy\"})"),
                        series(
                                "CPU",
                                Unit.CORES,
                                metric(
                                        "topk(15, sum by (namespace, pod) "
                                                + "(rate(container_cpu_usage_seconds_total{container=\"istio-proxy\"}[5m])))",
                                        "{{namespace}}/{{pod}}")),
                        series(
                                "Memory",
                                Unit.BYTES,
                                metric(
                                        "topk(15, sum by (namespace, pod)"
                                                + " (container_memory_working_set_bytes{container=\"istio-proxy\"}))",
                                        "{{namespace}}/{{pod}}")),
                        series("Memory against the limit", Unit.SHARE, metric("""
                            topk(15, max by (namespace, pod) (container_memory_working_set_bytes{container="istio-proxy"})
                            / max by (namespace, pod) (
                              kube_pod_container_resource_limits{container="istio-proxy",resource="memory"}))\
                            """, "{{namespace}}/{{pod}}")),
                        series("CPU per thousand requests", Unit.CORES, metric("""
                            sum(rate(container_cpu_usage_seconds_total{container="istio-proxy"}[5m]))
                            / (sum(rate(istio_requests_total{reporter="destination"}[5m])) / 1000 > 0)\
                            """, "cores"))),
                Row.of(
                        "Versions",
                        series(
                                "Proxies by version",
                                Unit.NUMBER,
                                metric("count by (tag) (istio_build{component=\"proxy\"})", "{{tag}}"))));
    }
}
