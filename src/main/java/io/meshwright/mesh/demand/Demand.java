package io.meshwright.mesh.demand;

import io.meshwright.mesh.terms.Source;

/**
 * Pods that are alike, and what each asks of its node.
 *
 * @param name namespace and workload, for people
 * @param least how many there are at least: the autoscaler's minimum, and none of a Job
 * @param most how many there are at most: the autoscaler's maximum; of a Job those that run at once
 * @param everyNode one on each node in the place of a number
 * @param each what one asks for, its sidecar included
 * @param source what says so
 */
public record Demand(String name, int least, int most, boolean everyNode, Amount each, Source source) {
    static Demand ofNodes(String name, Amount each, Source source) {
        return new Demand(name, 0, 0, true, each, source);
    }

    static Demand of(String name, int least, int most, Amount each, Source source) {
        return new Demand(name, least, Math.max(least, most), false, each, source);
    }
}
