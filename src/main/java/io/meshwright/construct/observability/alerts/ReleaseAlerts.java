package io.meshwright.construct.observability.alerts;

import io.meshwright.construct.observability.metrics.Slo;
import java.util.List;

/**
 * Alerts about a version that does worse than the one beside it. The version with the smaller share is taken for the
 * new one.
 */
final class ReleaseAlerts {
    private static final String VERSION = "{{ $labels.destination_version }} of ".concat(ServiceLabels.SHOWN);
    private static final String SMALLER_SHARE = """
        and on (%1$s, destination_version, rollout_hash)
          (version:istio_requests:rate5m < on (%1$s) group_left () (0.5 * sum by (%1$s) (version:istio_requests:rate5m)))
        and on (%1$s, destination_version, rollout_hash) version:istio_requests:rate5m > 0.05\
        """.formatted(Slo.SERVICE);

    private ReleaseAlerts() {}

    static AlertGroup all() {
        return new AlertGroup("releases", List.of(fails(), slow()));
    }

    private static Alert fails() {
        return Alert.critical("CanaryWorseThanStable")
                .when("""
                    version:istio_request_errors:rate5m / version:istio_requests:rate5m
                      > on (%1$s, destination_version, rollout_hash)
                    0.01 + 2 * (
                      (sum by (%1$s) (version:istio_request_errors:rate5m)
                        - on (%1$s) group_right () version:istio_request_errors:rate5m)
                      / (sum by (%1$s) (version:istio_requests:rate5m) - on (%1$s) group_right () version:istio_requests:rate5m > 0)
                    )
                    %2$s\
                    """.formatted(Slo.SERVICE, SMALLER_SHARE), "5m")
                .summary("{{ $value | humanizePercentage }} of the requests to version " + VERSION
                        + " fail, far more than of the others")
                .meaning("The version that gets the smaller share of the traffic fails at more than twice the rate of"
                        + " the rest, plus 1 %. Counted are the 5xx answers and failed gRPC calls that its pods'"
                        + " sidecars saw; a request that reached no pod belongs to no version, and counts in"
                        + " ServiceErrorBudgetBurnsFast.")
                .look(
                        "sum by (destination_version, rollout_hash) "
                                + "(version:istio_request_errors:rate5m{destination_service_name=\"SERVICE\"}) / "
                                + "sum by (destination_version, rollout_hash) "
                                + "(version:istio_requests:rate5m{destination_service_name=\"SERVICE\"})",
                        "Share of failed requests by version:")
                .look(
                        "sum by (response_code, response_flags) (rate(istio_requests_total{reporter=\"destination\","
                                + "destination_service_name=\"SERVICE\",destination_version=\"VERSION\"}[5m]))",
                        "How the new version fails:")
                .causes(
                        "The release is bad.",
                        "The new version misses a secret, a setting or a database change.",
                        "Its few pods are too small for their share.")
                .actions(
                        "Take its weight away: abort the Rollout, or set the weight in the environment file to 0 and"
                                + " sync.",
                        "Then read its logs and traces; they are marked with the version.");
    }

    private static Alert slow() {
        return Alert.warning("CanarySlowerThanStable")
                .when("""
                    version:istio_request_duration_milliseconds:p95
                      > on (%1$s) group_left ()
                    100 + 1.5 * service:istio_request_duration_milliseconds:p95
                    %2$s\
                    """.formatted(Slo.SERVICE, SMALLER_SHARE), "10m")
                .summary("Version " + VERSION
                        + " needs {{ $value | printf \"%.0f\" }} ms for its slowest requests (95th percentile)")
                .meaning("The version that gets the smaller share of the traffic is clearly slower than the service as"
                        + " a whole.")
                .look(
                        "version:istio_request_duration_milliseconds:p95{destination_service_name=\"SERVICE\"}",
                        "The 95th percentile by version:")
                .causes(
                        "A slower path in the new code.",
                        "Cold caches or a JVM that is still warming up.",
                        "Its few pods are too small for their share.")
                .actions(
                        "Wait for the caches if the pods are young.",
                        "Compare two traces of one request in Jaeger.",
                        "Hold the release at its weight, or abort it.");
    }
}
