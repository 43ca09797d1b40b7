package io.meshwright.construct.observability.alerts;

import io.meshwright.construct.observability.metrics.Slo;
import java.util.function.Function;

/**
 * Conditions for a budget that is spent too fast: each looks at a long window, so that a blip raises nothing, and at a
 * short one, so that it ends soon after the trouble does (Google SRE workbook, chapter 5).
 */
final class BurnRate {
    // Below this rate a single failure would be a large share; 0.02 requests per second are 72 in an hour.
    private static final String ENOUGH_REQUESTS = "avg_over_time(%s[1h]) > 0.02".formatted(Slo.REQUESTS);

    private BurnRate() {}

    /**
     * 2 % of a month's budget within an hour, or 5 % within six.
     *
     * @param ratio name of the series of a window
     * @param budget as a share
     */
    static String fast(Function<String, String> ratio, String budget) {
        return either(burns(ratio, "1h", "5m", "14.4", budget), burns(ratio, "6h", "30m", "6", budget));
    }

    /** 10 % of a month's budget within a day, or a tenth of it each day for three. */
    static String slow(Function<String, String> ratio, String budget) {
        return either(burns(ratio, "1d", "2h", "3", budget), burns(ratio, "3d", "6h", "1", budget));
    }

    private static String burns(
            Function<String, String> ratio, String window, String control, String factor, String budget) {
        return "%s > %s * %s and %s > %s * %s"
                .formatted(ratio.apply(window), factor, budget, ratio.apply(control), factor, budget);
    }

    private static String either(String one, String other) {
        return """
            (
              %s
              or %s
            )
            and %s\
            """.formatted(one, other, ENOUGH_REQUESTS);
    }
}
