package io.meshwright.construct.delivery;

import io.meshwright.value.Name;
import io.meshwright.value.Require;

/**
 * One step of a rollout over a fleet; the next begins when all of this one are healthy.
 *
 * @param percentAtOnce share of its clusters that change together, 1 to 100; a share of less than one cluster means one
 */
public record FleetStage(Name name, int percentAtOnce) {
    private static final int ALL = 100;

    public FleetStage {
        Require.present("name", name);
        Require.inRange("percentAtOnce", percentAtOnce, 1, ALL);
    }

    public static FleetStage all(Name name) {
        return new FleetStage(name, ALL);
    }
}
