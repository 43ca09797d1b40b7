package io.meshwright.construct.delivery.sync;

import io.meshwright.value.ArgoNames;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keeps Argo CD from deleting what cannot be made again: namespaces, volumes and CRDs go only when a person confirms
 * it, and the sync that would remove them waits until then.
 */
public final class Protection {
    // Known since Argo CD 2.14, which is older than every release of the compatibility table
    // [argo-cd, user-guide/sync-options.md at v3.0.12].
    private static final String CONFIRM = "Prune=confirm,Delete=confirm";

    private Protection() {}

    /** The annotations of such an object. */
    public static SortedMap<String, String> annotations() {
        SortedMap<String, String> annotations = new TreeMap<>();
        annotations.put(ArgoNames.SYNC_OPTIONS, CONFIRM);
        return Collections.unmodifiableSortedMap(annotations);
    }
}
