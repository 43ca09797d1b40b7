package io.meshwright.value.traffic;

import io.meshwright.value.Doc;
import io.meshwright.value.Require;

/** The controller that changes the number of a workload's pods: one of two, never both. */
@Doc("What changes the number of pods: hpa or keda.")
public sealed interface Autoscale permits Hpa, Keda {
    /** Pods at least. */
    Integer minReplicas();

    /** Pods at most. */
    Integer maxReplicas();

    /** Refuses bounds between which nothing can move. */
    static void bounds(Integer min, Integer max) {
        Require.inRange("minReplicas", min, 1, 1000);
        Require.inRange("maxReplicas", Require.present("maxReplicas", max), 1, 1000);
        Require.that(
                max > min,
                "maxReplicas",
                "\"%d\" is not above minReplicas %d".formatted(max, min),
                "give at least %d".formatted(min + 1));
    }
}
