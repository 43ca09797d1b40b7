package io.meshwright.mesh.install;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifests;

/** The one that brings the manifests to their cluster, as they tell it. */
public enum Deliverer {
    ARGO_CD,
    FLUX,
    /** People or a pipeline, by the steps of an Installation. */
    PEOPLE;

    /** Argo CD where nothing tells of another one. */
    public static Deliverer of(Manifests manifests) {
        if (!manifests.kind(Kind.APPLICATION).isEmpty()) {
            return ARGO_CD;
        }
        if (!manifests.kind(Kind.FLUX_KUSTOMIZATION).isEmpty()) {
            return FLUX;
        }
        return manifests.kind(Kind.INSTALLATION).isEmpty() ? ARGO_CD : PEOPLE;
    }
}
