package io.meshwright.construct.pod;

import io.meshwright.value.Require;

/** The number of a workload's pods, and what decides it. */
public sealed interface Scale {
    /** Always this many, from 1 to 100. */
    static Scale fixed(int pods) {
        return new Fixed(pods);
    }

    /** An autoscaler writes the number; it begins with, and is planned for, at least this many. */
    static Scale autoscaled(int least) {
        return new Autoscaled(least);
    }

    /** The pods that there are at least. */
    int pods();

    /** True if the number is an autoscaler's, so that the manifest has none. */
    default boolean isAutoscaled() {
        return this instanceof Autoscaled;
    }

    /** A number that stays. */
    record Fixed(int pods) implements Scale {
        public Fixed {
            Require.inRange("replicas", pods, 1, 100);
        }
    }

    /** A number that an autoscaler moves. */
    record Autoscaled(int pods) implements Scale {
        public Autoscaled {
            Require.inRange("replicas", pods, 1, 100);
        }
    }
}
