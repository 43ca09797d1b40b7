package io.meshwright.construct.observability.metrics;

import java.math.BigDecimal;
import java.util.List;

/**
 * Names and windows of the service-level series, shared by the rules that record them and the alerts that read them.
 */
public final class Slo {
    /** Names of the labels that identify a service. */
    public static final String SERVICE = "destination_service_namespace, destination_service_name";

    /** Requests per second that a service's clients sent, gateways included. */
    public static final String REQUESTS = "service:istio_requests:rate5m";

    /** Those of them that failed; zero, not absent, while none fails. */
    public static final String ERRORS = "service:istio_request_errors:rate5m";

    /** Those of them that were not answered within the threshold of the latency promise. */
    public static final String SLOW = "service:istio_requests_slow:rate5m";

    /** The windows of the burn-rate alerts. */
    static final List<String> WINDOWS = List.of("30m", "1h", "2h", "6h", "1d", "3d");

    private Slo() {}

    /** Share of failed requests over a window, as {@code slo:error_ratio:rate1h}. */
    public static String errorRatio(String window) {
        return "slo:error_ratio:rate%s".formatted(window);
    }

    public static String slowRatio(String window) {
        return "slo:slow_ratio:rate%s".formatted(window);
    }

    /**
     * Weighted by volume: a part and the whole are summed over the window apart, then divided. Sums, because an average
     * would leave out the times at which a series did not exist.
     */
    static String shareOver(String part, String whole, String window) {
        return "sum_over_time(%s[%s]) / (sum_over_time(%s[%s]) > 0)".formatted(part, window, whole, window);
    }

    /** The error budget, as a share of all requests: 0.005 of a promise of 99.5 %. */
    public static String budget(double promisedPercent) {
        return BigDecimal.valueOf(100)
                .subtract(BigDecimal.valueOf(promisedPercent))
                .movePointLeft(2)
                .stripTrailingZeros()
                .toPlainString();
    }
}
