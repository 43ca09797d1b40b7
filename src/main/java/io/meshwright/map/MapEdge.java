package io.meshwright.map;

import java.util.List;

/**
 * A way that requests take from one node to another.
 *
 * @param kind {@code route} for what a gateway or a Service sends on, {@code call} for what a workload may call
 * @param label what stands on it
 * @param details what a reader sees who asks
 */
record MapEdge(String source, String target, String kind, String label, List<String> details) {
    static final String ROUTE = "route";
    static final String CALL = "call";

    /** The same for each edge of a kind between two nodes. */
    String id() {
        return "%s %s %s".formatted(kind, source, target);
    }

    MapEdge {
        details = List.copyOf(details);
    }
}
