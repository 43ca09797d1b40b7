package io.meshwright.output;

import java.util.List;

/**
 * Effect of one write on one environment's folder; a file of ours that was edited by hand counts as changed.
 *
 * @param inventoryAlone whether the inventory changes although no manifest does, as when an object has another maker;
 *     told of a dry run only
 */
public record Changes(
        List<ManifestPath> added,
        List<ManifestPath> changed,
        List<ManifestPath> removed,
        List<ManifestPath> unchanged,
        boolean inventoryAlone) {
    public Changes(
            List<ManifestPath> added,
            List<ManifestPath> changed,
            List<ManifestPath> removed,
            List<ManifestPath> unchanged) {
        this(added, changed, removed, unchanged, false);
    }

    public Changes {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
        unchanged = List.copyOf(unchanged);
    }

    /** True if every manifest already stood as it should. */
    public boolean none() {
        return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
    }

    /** One line for a person, such as {@code 3 added, 1 changed, 0 removed, 214 unchanged}. */
    public String summary() {
        return "%d added, %d changed, %d removed, %d unchanged"
                .formatted(added.size(), changed.size(), removed.size(), unchanged.size());
    }
}
