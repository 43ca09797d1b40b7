package io.meshwright.construct.observability.alerts;

import io.meshwright.construct.observability.metrics.Slo;
import io.meshwright.value.telemetry.Objectives;
import java.util.List;

/** Alerts about a service that spends its budget of errors or of slow answers too fast. */
final class ObjectiveAlerts {
    private static final String SERVICE = ServiceLabels.SHOWN;
    private static final String SELECTOR = ServiceLabels.ASKED;

    private ObjectiveAlerts() {}

    static AlertGroup of(Objectives objectives) {
        String errorBudget = Slo.budget(objectives.availability().value());
        String slowBudget = Slo.budget(objectives.fast().value());
        return new AlertGroup(
                "objectives",
                List.of(
                        errors(
                                Alert.critical("ServiceErrorBudgetBurnsFast")
                                        .when(BurnRate.fast(Slo::errorRatio, errorBudget), "2m"),
                                "at this rate a month's error budget is gone within five days at most"),
                        errors(
                                Alert.warning("ServiceErrorBudgetBurnsSlowly")
                                        .when(BurnRate.slow(Slo::errorRatio, errorBudget), "15m"),
                                "at this rate the month's error budget will not last the month"),
                        latency(
                                Alert.critical("ServiceLatencyBudgetBurnsFast")
                                        .when(BurnRate.fast(Slo::slowRatio, slowBudget), "2m"),
                                objectives,
                                "at this rate a month's budget of slow answers is gone within five days at most"),
                        latency(
                                Alert.warning("ServiceLatencyBudgetBurnsSlowly")
                                        .when(BurnRate.slow(Slo::slowRatio, slowBudget), "15m"),
                                objectives,
                                "at this rate the month's budget of slow answers will not last the month")));
    }

    private static Alert errors(Alert.Draft draft, String consequence) {
        return draft.summary("{{ $value | humanizePercentage }} of the requests to " + SERVICE + " fail")
                .meaning("Clients in the mesh, gateways included, get 5xx answers or failed gRPC calls from this"
                        + " service; "
                        + "%s. What never reached a pod (no healthy pod, refused connection, open circuit) counts too."
                                .formatted(consequence))
                .look(
                        "sum by (response_code, response_flags, source_workload)"
                                + " (rate(istio_requests_total{reporter=\"source\","
                                + "response_code=~\"5..\",%s}[5m]))".formatted(SELECTOR),
                        "Who gets which answer, and why Envoy gave it:")
                .look(
                        "sum by (destination_version) "
                                + "(rate(istio_requests_total{reporter=\"destination\",response_code=~\"5..\",%s}[5m]))"
                                        .formatted(SELECTOR),
                        "Whether one version is to blame; no result means that the requests do not arrive:")
                .causes(
                        "The service itself fails: a bad release, a missing dependency, an exhausted database pool.",
                        "`UF` or `UC`: connections to the pods break; mTLS modes disagree, or pods restart.",
                        "`UH`: no healthy pod, or outlier detection ejected them all.",
                        "`UO`: the connection pool of the DestinationRule is full.",
                        "`UT`: the route's timeout is shorter than the answer takes.")
                .actions(
                        "If one version is to blame, give its weight back to the other.",
                        "Read the service's logs at the time in Grafana, and follow the trace of one failed request.",
                        "With `UH` or `UO`, compare the DestinationRule with the number of pods and their load.",
                        "With `UF`, compare the mTLS modes of client and server: `meshwright trace` follows one"
                                + " request through them.");
    }

    private static Alert latency(Alert.Draft draft, Objectives objectives, String consequence) {
        return draft.summary("{{ $value | humanizePercentage }} of the requests to " + SERVICE
                        + " take longer than %d ms".formatted(objectives.thresholdMillis()))
                .meaning("Clients in the mesh wait longer for this service than promised; %s.".formatted(consequence))
                .look(
                        "histogram_quantile(0.95, sum by (le, destination_version) "
                                + "(rate(istio_request_duration_milliseconds_bucket{"
                                + "reporter=\"destination\",%s}[5m])))".formatted(SELECTOR),
                        "Whether one version is slow:")
                .look(
                        "sum by (pod) (rate(container_cpu_cfs_throttled_periods_total{container!=\"\"}[5m])) / "
                                + "sum by (pod) (rate(container_cpu_cfs_periods_total{container!=\"\"}[5m])) > 0.2",
                        "Pods that wait for CPU:")
                .causes(
                        "A slow dependency: the trace of one slow request names it.",
                        "CPU limits throttle the pods, or the JVM collects garbage most of the time.",
                        "Retries multiply the load on a service that is slow already.",
                        "The requests last by design, such as event streams: then the service belongs on the list of"
                                + " streaming services.")
                .actions(
                        "Open the slowest traces of the service in Jaeger and find the span that takes the time.",
                        "If pods are throttled or busy, add replicas or raise their limits.",
                        "If one version is slow, give its weight back to the other.");
    }
}
