package io.meshwright.construct;

import io.meshwright.value.Require;
import io.meshwright.value.traffic.Variant;
import java.util.List;

/** The versions of a service that run, and the workload that runs their pods. */
public sealed interface Versions {
    /** One version. */
    static Versions one() {
        return new SideBySide(List.of());
    }

    /** A workload for each version. */
    static Versions sideBySide(List<Variant> variants) {
        return new SideBySide(Require.notEmpty("variants", variants));
    }

    /** A release engine of its own runs the pods, such as Argo Rollouts. */
    static Versions ofEngine() {
        return new OfEngine();
    }

    /** Workloads of our own; no variants: one version that has no name. */
    record SideBySide(List<Variant> variants) implements Versions {
        public SideBySide {
            variants = List.copyOf(variants);
        }
    }

    /** Pods that a release engine runs. */
    record OfEngine() implements Versions {}
}
