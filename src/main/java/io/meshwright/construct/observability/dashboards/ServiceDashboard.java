package io.meshwright.construct.observability.dashboards;

import static io.meshwright.construct.observability.dashboards.Panel.series;
import static io.meshwright.construct.observability.dashboards.Panel.stat;
import static io.meshwright.construct.observability.dashboards.Query.metric;

import io.meshwright.construct.observability.metrics.Failures;
import java.util.List;

/** One service: its golden signals as clients see them, each of its versions, and who calls it. */
public final class ServiceDashboard {
    /** Kiali hands over the full name of the Service, which is this label. */
    private static final Variable SERVICE =
            new Variable("service", "Service", "label_values(istio_requests_total, destination_service)");

    /** Its {@code uid}, by which alerts lead here. */
    public static final String UID = "service";

    private static final String TITLE = "Istio Service Dashboard";
    private static final String CLIENTS = "reporter=\"source\",destination_service=\"$service\"";
    private static final String SERVERS = "reporter=\"destination\",destination_service=\"$service\"";
    private static final String VERSION = "{{destination_version}} {{rollout_hash}}";

    private ServiceDashboard() {}

    static Dashboard service() {
        return Dashboard.kialis(UID, TITLE, List.of(SERVICE), now(), signals(), versions(), callers());
    }

    /** The same with what the service writes, where Loki finds out which lines are alike. */
    static Dashboard withPatterns() {
        return Dashboard.kialis(
                UID,
                TITLE,
                List.of(SERVICE, following("namespace"), following("app")),
                now(),
                signals(),
                versions(),
                callers(),
                patterns());
    }

    private static Variable following(String part) {
        return Variable.following(
                part,
                "label_values(istio_requests_total{destination_service=\"$service\"}, destination_%s)"
                        .formatted(part.equals("namespace") ? "service_namespace" : part));
    }

    private static Row patterns() {
        return Row.of(
                "What it writes",
                series("Lines that are alike", Unit.NUMBER, Query.patterns("""
                    topk(15, sum by (kind) (sum_over_time({__pattern__="$app"} | logfmt
                      | namespace="$namespace" | label_format kind=`{{ urldecode .detected_pattern }}`
                      | unwrap count [15m])))\
                    """, "{{kind}}"))
                        .wide(Panel.COLUMNS)
                        .saying(
                                "Lines in 15 minutes, the 15 most frequent kinds; <_> stands for what differs. It is half"
                                        + " an hour late, for Loki writes down what it found when it is a quarter of an hour"
                                        + " old."));
    }

    private static Row now() {
        return Row.of(
                "Now",
                stat("Requests", Unit.REQUESTS, "sum(rate(istio_requests_total{%s}[5m]))".formatted(CLIENTS))
                        .wide(6),
                stat("Failed", Unit.SHARE, """
                    (sum(%2$s) or vector(0))
                    / sum(rate(istio_requests_total{%1$s}[5m]))\
                    """.formatted(CLIENTS, Failures.rate(CLIENTS)))
                        .wide(6),
                stat("95th percentile", Unit.MILLISECONDS, quantile("0.95", CLIENTS, "le"))
                        .wide(6),
                stat("Under mTLS", Unit.SHARE, """
                    sum(rate(istio_requests_total{%1$s,connection_security_policy="mutual_tls"}[5m]))
                    / sum(rate(istio_requests_total{%1$s}[5m]))\
                    """.formatted(SERVERS)).wide(6));
    }

    private static Row signals() {
        return Row.of(
                "As its clients see it",
                series(
                        "Requests by answer",
                        Unit.REQUESTS,
                        metric(
                                "sum by (response_code) (rate(istio_requests_total{%s}[5m]))".formatted(CLIENTS),
                                "{{response_code}}")),
                series("Why Envoy answered itself", Unit.REQUESTS, metric("""
                    sum by (response_flags) (rate(istio_requests_total{%s,response_flags!="-"}[5m]))\
                    """.formatted(CLIENTS), "{{response_flags}}"))
                        .saying("UH: no healthy pod. UF, UC: connection failed. UT: timeout. UO: circuit open. URX:"
                                + " retries used up. DC: the client left."),
                series(
                        "Duration",
                        Unit.MILLISECONDS,
                        metric(quantile("0.5", CLIENTS, "le"), "p50"),
                        metric(quantile("0.95", CLIENTS, "le"), "p95"),
                        metric(quantile("0.99", CLIENTS, "le"), "p99")),
                series(
                        "Size",
                        Unit.BYTES,
                        metric(average("istio_request_bytes"), "request"),
                        metric(average("istio_response_bytes"), "answer")),
                series("gRPC status", Unit.REQUESTS, metric("""
                    sum by (grpc_response_status) (rate(istio_requests_total{%s,request_protocol="grpc"}[5m]))\
                    """.formatted(CLIENTS), "{{grpc_response_status}}")),
                series(
                        "TCP",
                        Unit.BYTES_PER_SECOND,
                        metric("sum(rate(istio_tcp_sent_bytes_total{%s}[5m]))".formatted(CLIENTS), "sent"),
                        metric("sum(rate(istio_tcp_received_bytes_total{%s}[5m]))".formatted(CLIENTS), "received")));
    }

    private static Row versions() {
        String version = "destination_version, rollout_hash";
        return Row.of(
                "Each version",
                series(
                        "Requests",
                        Unit.REQUESTS,
                        metric(
                                "sum by (%s) (rate(istio_requests_total{%s}[5m]))".formatted(version, SERVERS),
                                VERSION)),
                series("Failed", Unit.SHARE, metric("""
                    sum by (%1$s) (%3$s)
                    / sum by (%1$s) (rate(istio_requests_total{%2$s}[5m]))\
                    """.formatted(version, SERVERS, Failures.rate(SERVERS)), VERSION)),
                series(
                        "95th percentile",
                        Unit.MILLISECONDS,
                        metric(quantile("0.95", SERVERS, "le, %s".formatted(version)), VERSION)),
                series("Share of the requests", Unit.SHARE, metric("""
                    sum by (%1$s) (rate(istio_requests_total{%2$s}[5m]))
                    / on () group_left () sum(rate(istio_requests_total{%2$s}[5m]))\
                    """.formatted(version, SERVERS), VERSION)));
    }

    private static Row callers() {
        return Row.of(
                "Callers",
                series(
                        "Requests",
                        Unit.REQUESTS,
                        metric("""
                            sum by (source_workload_namespace, source_workload) (rate(istio_requests_total{%s}[5m]))\
                            """.formatted(CLIENTS), "{{source_workload_namespace}}/{{source_workload}}")),
                series(
                        "Encryption",
                        Unit.REQUESTS,
                        metric("""
                            sum by (source_workload, connection_security_policy) (rate(istio_requests_total{%s}[5m]))\
                            """.formatted(SERVERS), "{{source_workload}}:" + " {{connection_security_policy}}")));
    }

    private static String quantile(String quantile, String selector, String by) {
        return "histogram_quantile(%s, sum by (%s) (rate(istio_request_duration_milliseconds_bucket{%s}[5m])))"
                .formatted(quantile, by, selector);
    }

    private static String average(String metric) {
        return "sum(rate(%1$s_sum{%2$s}[5m])) / sum(rate(%1$s_count{%2$s}[5m]))".formatted(metric, CLIENTS);
    }
}
