package io.meshwright.value.telemetry;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Percent;
import io.meshwright.value.Require;
import io.meshwright.value.Sample;
import java.util.List;

/** Service level objectives of the mesh's services; the burn-rate alerts follow. */
@Doc("What every service promises; alerts are raised when a month's budget of failures or slow answers burns too fast.")
public record Objectives(
        @Defaulted @Doc("Share of requests that must not fail, from 94 and below 100; default 99.5.") @Sample("99.9")
        Percent availability,

        @Defaulted @Doc("Share of requests that must be answered within the threshold; default 95.")
        Percent fast,

        @Defaulted @Doc("What counts as fast, a bucket of Istio's histogram: 250, 500, 1000, 2500 …; default 1000.")
        Integer thresholdMillis) {
    // Envoy's default histogram buckets; a threshold between two of them cannot be read from the metric.
    private static final List<Integer> BUCKETS =
            List.of(1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, 60000);

    public Objectives {
        availability = availability == null ? Percent.of(99.5) : availability;
        fast = fast == null ? Percent.of(95) : fast;
        thresholdMillis = thresholdMillis == null ? 1000 : thresholdMillis;
        promise("availability", availability);
        promise("fast", fast);
        Require.that(
                BUCKETS.contains(thresholdMillis),
                "thresholdMillis",
                "\"%d\" is not a bucket".formatted(thresholdMillis),
                "give one of %s".formatted(BUCKETS));
    }

    public static Objectives defaults() {
        return new Objectives(null, null, null);
    }

    /** Below 94 % the fast burn alert, at 14.4 times the budget, asks for a share above 1 and could never be raised. */
    private static void promise(String key, Percent share) {
        Require.that(
                share.value() >= 94 && share.value() < 100,
                key,
                "\"%s\" leaves too much or nothing to be spent".formatted(share),
                "give at least 94 and less than 100");
    }
}
