package io.meshwright.construct.traffic;

import io.meshwright.value.Name;

/** A workload whose number of pods an autoscaler may change. */
public record ScaleTarget(String apiVersion, String kind, Name name, Name namespace) {
    public static ScaleTarget deployment(Name name, Name namespace) {
        return new ScaleTarget("apps/v1", "Deployment", name, namespace);
    }
}
