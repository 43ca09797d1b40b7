package io.meshwright.construct.observability.alerts;

import io.meshwright.construct.observability.dashboards.AnomalyDashboard;
import io.meshwright.construct.observability.metrics.AnomalyRules;
import io.meshwright.construct.observability.metrics.Signal;
import java.util.List;

/**
 * Warnings that a service is not as it usually is at this time of the week. They page nobody: what is unusual is not
 * yet wrong, and while a promise is broken the burn-rate alerts speak and these keep silent.
 */
final class AnomalyAlerts {
    private static final String SERVICE = ServiceLabels.SHOWN;
    private static final String SELECTOR = ServiceLabels.ASKED;
    private static final String USUAL = "It began eight days after the installation, or after the last gap in the"
            + " metrics, and knows only the same hour of yesterday and of a week ago: a holiday, a campaign and a"
            + " release look unusual too.";
    private static final String KNOWN_CAUSE = "If the cause is known and right, nothing: the band follows within a"
            + " day, or silence the alert until then.";
    private static final String TOO_OFTEN =
            "If it is raised often without a reason, give the service `low` or `none` below"
                    + " `aiOps.anomalies.services`.";

    private AnomalyAlerts() {}

    static AlertGroup all() {
        return new AlertGroup("anomalies", List.of(requests(), errors(), latency(), saturation(), logs()));
    }

    private static Alert requests() {
        return drawn("ServiceRequestsUnusual")
                .when(
                        """
                    %1$s > %2$s
                    or %1$s < %3$s\
                    """.formatted(
                                        of(AnomalyRules.LEVEL, Signal.REQUESTS),
                                        of(AnomalyRules.UPPER, Signal.REQUESTS),
                                        of(AnomalyRules.LOWER, Signal.REQUESTS)),
                        "10m")
                .summary(SERVICE + " gets {{ $value | printf \"%.1f\" }} requests per second, which is unusual for"
                        + " this time of the week")
                .meaning("Far more or far fewer requests arrive than yesterday and a week ago at this hour. " + USUAL)
                .look(
                        "sum by (source_workload, response_code) (rate(istio_requests_total{reporter=\"source\",%s}[5m]))"
                                .formatted(SELECTOR),
                        "Who calls, and with what answers:")
                .look(
                        "%s{%s,signal=\"requests\"} offset 1w".formatted(AnomalyRules.LEVEL, SELECTOR),
                        "How many there were a week ago:")
                .causes(
                        "A caller is gone or cannot reach it: a release, a route, DNS, the edge in front.",
                        "A caller repeats itself: retries, a loop, a crawler, an attack.",
                        "People do something else today: a holiday, a campaign.")
                .actions(
                        "Look at the callers: if one of them changed, look at its releases and its own alerts.",
                        "With fewer requests, ask the public address from outside, through the edge.",
                        "With more of them, look whether pods, pools and the database have room for it.",
                        KNOWN_CAUSE,
                        TOO_OFTEN);
    }

    private static Alert errors() {
        return above("ServiceErrorsUnusual", Signal.ERRORS, "10m")
                .summary("{{ $value | humanizePercentage }} of the requests to " + SERVICE + " fail, which is unusual")
                .meaning("More requests fail than usually, too few yet to break the promise within the day. " + USUAL)
                .look(
                        "sum by (response_code, response_flags, destination_version)"
                                + " (rate(istio_requests_total{reporter=\"source\",response_code=~\"5..\",%s}[5m]))"
                                        .formatted(SELECTOR),
                        "Which answers, of which version, and why Envoy gave them:")
                .causes(
                        "A release whose fault only some requests meet.",
                        "A dependency that fails now and then.",
                        "One pod of several is broken.")
                .actions(
                        "If one version is to blame, give its weight back to the other.",
                        "Follow the trace of one failed request, and read the service's lines of that minute.",
                        KNOWN_CAUSE,
                        TOO_OFTEN);
    }

    private static Alert latency() {
        return above("ServiceLatencyUnusual", Signal.LATENCY, "10m")
                .summary("One in twenty requests to " + SERVICE
                        + " takes longer than {{ $value | printf \"%.0f\" }} ms, which is unusual")
                .meaning("The slowest answers are slower than usually. " + USUAL)
                .look(
                        "histogram_quantile(0.95, sum by (le, destination_version) (rate("
                                + "istio_request_duration_milliseconds_bucket{reporter=\"destination\",%s}[5m])))"
                                        .formatted(SELECTOR),
                        "Whether one version is slow:")
                .causes(
                        "A dependency became slow: the trace of one slow request names it.",
                        "A table or a cache has grown, or an index is gone.",
                        "The pods wait for CPU, or collect garbage.")
                .actions(
                        "Open the slowest traces of the service in Jaeger and find the span that takes the time.",
                        "If it grows day by day, look at what grows with it before the promise breaks.",
                        KNOWN_CAUSE,
                        TOO_OFTEN);
    }

    private static Alert saturation() {
        return above("ServiceSaturationUnusual", Signal.SATURATION, "15m")
                .summary("The pods of " + SERVICE + " use {{ $value | humanizePercentage }} of the CPU that they"
                        + " request, which is unusual")
                .meaning("The service works harder than usually at this hour. " + USUAL)
                .look(
                        "%s{%s,signal=\"requests\"}".formatted(AnomalyRules.LEVEL, SELECTOR),
                        "Whether more requests are the reason:")
                .look(
                        "sum by (pod, container) (rate(container_cpu_usage_seconds_total{container!=\"\","
                                + "namespace=\"NAMESPACE\"}[5m]))",
                        "Which pod and container uses it:")
                .causes(
                        "A release does more work for each request.",
                        "Something runs in a loop, or the JVM collects garbage all the time.",
                        "Pods are fewer than they were.")
                .actions(
                        "Compare requests with CPU: if only the CPU rose, take a thread dump of the busiest pod.",
                        "If both rose, add pods before they wait for CPU.",
                        KNOWN_CAUSE,
                        TOO_OFTEN);
    }

    private static Alert logs() {
        return above("ServiceLogsUnusual", Signal.LOGS, "15m")
                .summary(SERVICE + " writes {{ $value | printf \"%.1f\" }} lines per second, which is unusual")
                .meaning("The containers write far more lines than usually at this hour. " + USUAL)
                .look(
                        "%s{%s}".formatted(AnomalyRules.LINES, SELECTOR),
                        "Lines per second, as Loki counts them; the lines themselves are in Grafana, Explore, Loki:")
                .causes(
                        "Something fails and is tried again and again.",
                        "A release logs more, or someone switched on DEBUG.",
                        "More requests.")
                .actions(
                        "Read the newest lines of the service, and look which of them repeat.",
                        "If a log level was changed, change it back: the volume of Loki has an end.",
                        KNOWN_CAUSE,
                        TOO_OFTEN);
    }

    private static Alert.Draft above(String name, Signal signal, String lasting) {
        return drawn(name)
                .when("%s > %s".formatted(of(AnomalyRules.LEVEL, signal), of(AnomalyRules.UPPER, signal)), lasting);
    }

    private static Alert.Draft drawn(String name) {
        return Alert.warning(name)
                .graph("d/%s?var-namespace={{ $labels.destination_service_namespace }}&var-service="
                                .formatted(AnomalyDashboard.UID)
                        + "{{ $labels.destination_service_name }}");
    }

    private static String of(String series, Signal signal) {
        return "%s{%s=\"%s\"}".formatted(series, Signal.LABEL, signal.label());
    }
}
