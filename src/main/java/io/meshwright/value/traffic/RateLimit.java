package io.meshwright.value.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.Require;
import io.meshwright.value.Required;

/** Answers 429 when one pod gets more requests than it should; each pod counts for itself. */
@Doc("Answers 429 when one pod gets more requests than this; each pod counts for itself.")
public record RateLimit(
        @Defaulted @Doc("Default true.") Boolean enabled,
        @Required @Doc("Requests in each interval.") Integer requests,

        @Defaulted @Doc("Interval, 50ms or more; default 1s.")
        Duration interval,

        @Defaulted @Doc("Requests that may come at once; default: those of one interval.")
        Integer burst) {
    private static final long SHORTEST = 50; // Envoy refuses a shorter fill interval (local_rate_limit.proto)

    public RateLimit {
        enabled = enabled == null || enabled;
        Require.inRange("requests", Require.present("requests", requests), 1, 1_000_000);
        interval = interval == null ? Duration.ofSeconds(1) : interval;
        burst = burst == null ? requests : burst;
        Require.that(
                interval.millis() >= SHORTEST,
                "interval",
                "\"%s\" is shorter than Envoy counts".formatted(interval),
                "give 50ms or more");
        Require.that(
                burst >= requests,
                "burst",
                "\"%d\" is less than requests".formatted(burst),
                "give at least %d, or remove it".formatted(requests));
    }
}
