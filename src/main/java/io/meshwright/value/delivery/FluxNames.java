package io.meshwright.value.delivery;

import io.meshwright.value.Name;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Names that Flux owns [fluxcd.io, "Kustomization", "Controlling the apply behavior of resources"]. */
public final class FluxNames {
    /** Namespace in which {@code flux install} puts the controllers, and of all objects of theirs. */
    public static final Name NAMESPACE = Name.of("flux-system");

    private static final String KUSTOMIZE = "kustomize.toolkit.fluxcd.io/";

    /** Keeps an object in the cluster when it is gone from Git, with the value {@code disabled}. */
    public static final String PRUNE = KUSTOMIZE + "prune";

    /** Makes an object anew whose change the API server refuses, with the value {@code enabled}. */
    public static final String FORCE = KUSTOMIZE + "force";

    private FluxNames() {}

    /** Annotations of what goes only by a person's hand. */
    public static SortedMap<String, String> kept() {
        SortedMap<String, String> annotations = new TreeMap<>();
        annotations.put(PRUNE, "disabled");
        return Collections.unmodifiableSortedMap(annotations);
    }
}
