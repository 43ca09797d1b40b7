package io.meshwright.value.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.Percent;
import io.meshwright.value.Require;
import io.meshwright.value.Word;

/** Conditions on the mesh's metrics under which a new version stays; otherwise all traffic goes back. */
@Doc("What the mesh's metrics must say about the new version; otherwise all traffic goes back.")
public record Analysis(
        @Defaulted @Doc("Share of answers without a 5xx status, at least; default 95.")
        Percent successRate,

        @Defaulted @Doc("How far the new version may lie below the stable one, in points; default 1.")
        Percent successDrop,

        @Defaulted @Doc("Slowest of 95 in 100 requests, as a multiple of the stable version's, at most; default 1.5.")
        Double latencyRatio,

        @Defaulted @Doc("Time that one measurement looks back; default 2m.")
        Duration window,

        @Defaulted @Doc("Time between measurements; default 1m.")
        Duration interval,

        @Defaulted @Doc("Failed measurements that are forgiven, 0 to 10; default 1.")
        Integer failureLimit,

        @Defaulted @Doc("Without requests: wait for a person, or pass; default wait.")
        Idle idle) {
    private static final double MOST = 100;
    private static final Analysis DEFAULTS = new Analysis(null, null, null, null, null, null, null);

    public Analysis {
        successRate = successRate == null ? Percent.of(95) : successRate;
        successDrop = successDrop == null ? Percent.of(1) : successDrop;
        latencyRatio = latencyRatio == null ? 1.5 : latencyRatio;
        window = window == null ? Duration.of("2m") : window;
        interval = interval == null ? Duration.of("1m") : interval;
        failureLimit = failureLimit == null ? 1 : Require.inRange("failureLimit", failureLimit, 0, 10);
        idle = idle == null ? Idle.WAIT : idle;
        Require.that(
                latencyRatio >= 1 && latencyRatio <= MOST,
                "latencyRatio",
                "\"%s\" is not between 1 and 100".formatted(latencyRatio),
                "give a multiple such as 1.5");
        // A rate needs two samples; scrapes come every 15s to 1m.
        Require.that(
                window.seconds() >= 60,
                "window",
                "\"%s\" holds too few samples for a rate".formatted(window),
                "give 1m or more");
        Require.that(
                interval.seconds() >= 10,
                "interval",
                "\"%s\" is shorter than the metrics change".formatted(interval),
                "give 10s or more");
    }

    public static Analysis defaults() {
        return DEFAULTS;
    }

    /**
     * Returns the time after which the first measurement is there for certain: it looks back over a whole window, and
     * comes within an interval.
     */
    public Duration firstResult() {
        return new Duration(window.millis() + interval.millis());
    }

    /** The verdict where there were no requests at all. */
    public enum Idle {
        @Word("wait")
        WAIT,
        @Word("pass")
        PASS
    }
}
