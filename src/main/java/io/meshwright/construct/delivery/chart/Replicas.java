package io.meshwright.construct.delivery.chart;

import io.meshwright.value.Require;

/** The number of pods that run: a fixed number, or as many as the load asks for. */
public record Replicas(int least, int most) {
    private static final int MANY = 100;

    public Replicas {
        Require.inRange("least", least, 1, MANY);
        Require.inRange("most", most, least, MANY);
    }

    public static Replicas fixed(int count) {
        return new Replicas(count, count);
    }

    /** Scaled by CPU between the two, which needs the cluster's metrics server. */
    public static Replicas between(int least, int most) {
        return new Replicas(least, most);
    }

    /** True if an autoscaler decides. */
    public boolean scaled() {
        return most > least;
    }

    /** One pod may go while another stays: only then does a PodDisruptionBudget not block every node drain. */
    public boolean several() {
        return least > 1;
    }
}
