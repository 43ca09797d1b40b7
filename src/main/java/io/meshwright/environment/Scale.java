package io.meshwright.environment;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.traffic.Autoscale;
import io.meshwright.value.workload.Vpa;
import org.jspecify.annotations.Nullable;

/** The number of pods, and what changes it. */
@Doc("How many pods, and what changes their number.")
public record Scale(
        @Defaulted @Doc("Pods; default 2.") Integer replicas,

        @Nullable @Doc("Follows the load; default: nothing does.")
        Autoscale autoscale,

        @Nullable Vpa vpa) {
    public Scale {
        Require.that(
                replicas == null || autoscale == null,
                "replicas",
                "\"%d\" is given beside autoscale, which decides on the number".formatted(replicas),
                "keep one of them; minReplicas is the least");
        replicas = replicas == null ? 2 : Require.inRange("replicas", replicas, 1, 100);
    }

    /** A number of pods that nothing changes. */
    static Scale of(int replicas) {
        return new Scale(replicas, null, null);
    }

    /** Pods that run whatever the load is. */
    public int least() {
        return autoscale == null ? replicas : autoscale.minReplicas();
    }
}
