package io.meshwright.value.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;

/** Adds and removes pods by the CPU that they use, with a HorizontalPodAutoscaler. */
@Word("hpa")
@Doc("Adds and removes pods by the CPU that they use.")
public record Hpa(
        @Defaulted @Doc("Pods at least; default 2.") Integer minReplicas,
        @Required @Doc("Pods at most.") @Sample("6") Integer maxReplicas,

        @Defaulted @Doc("Share of the reserved CPU to aim at, in percent, 1 to 100; default 70.") @Sample("80")
        Integer cpu)
        implements Autoscale {
    public Hpa {
        minReplicas = minReplicas == null ? 2 : minReplicas;
        Autoscale.bounds(minReplicas, maxReplicas);
        cpu = cpu == null ? 70 : Require.inRange("cpu", cpu, 1, 100);
    }
}
