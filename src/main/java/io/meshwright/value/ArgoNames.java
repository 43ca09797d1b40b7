package io.meshwright.value;

/** Names that Argo CD and Argo Rollouts own [argo-cd.readthedocs.io, "Annotations and Labels used by Argo CD"]. */
public final class ArgoNames {
    /** Of an Application, an AppProject and a Rollout. */
    public static final String API_VERSION = "argoproj.io/v1alpha1";

    /** Begins every annotation of Argo CD. */
    public static final String ARGO_CD = "argocd.argoproj.io/";

    /** The turn in which an object is applied: a whole number, the lowest first; without it 0. */
    public static final String SYNC_WAVE = ARGO_CD + "sync-wave";

    /** The way in which an object is applied and removed: options with commas between. */
    public static final String SYNC_OPTIONS = ARGO_CD + "sync-options";

    /** Finalizer by which an Application takes its objects with it. */
    public static final String RESOURCES_FINALIZER = "resources-finalizer.argocd.argoproj.io";

    private ArgoNames() {}
}
