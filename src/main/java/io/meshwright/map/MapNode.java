package io.meshwright.map;

import io.meshwright.manifest.Manifest;
import java.util.List;

/**
 * One thing on the map.
 *
 * @param id that no other node has
 * @param label what stands on it
 * @param column how far it is from the clients
 * @param namespace of the box in which it stands; empty for none
 * @param objects that make it what it is
 */
record MapNode(String id, String label, Column column, String namespace, List<Manifest> objects) {
    /** The columns of the map, from clients to what is outside. */
    enum Column {
        CLIENT(0),
        GATEWAY(1),
        HOST(2),
        SERVICE(3),
        WORKLOAD(4),
        OUTSIDE(5);

        private final int number;

        Column(int number) {
            this.number = number;
        }

        /** From 0 at the left. */
        int number() {
            return number;
        }
    }

    MapNode {
        objects = List.copyOf(objects);
    }
}
