package io.meshwright.value;

/** Labels and annotations of our own, and the version of our own formats; people and checks read them in dist. */
public final class MeshwrightNames {
    public static final String GROUP = "meshwright.io";

    /** Of environment files, of chart values in dist, and of dist's inventory. */
    public static final String API_VERSION = GROUP + "/v1";

    /** Why something is as it is; of an exception, with {@link #OWNER} and {@link #EXPIRES}. */
    public static final String REASON = GROUP + "/reason";

    /** The person who answers for an exception. */
    public static final String OWNER = GROUP + "/owner";

    /** The last day of an exception. */
    public static final String EXPIRES = GROUP + "/expires";

    /** Findings that are insisted on, one a line: {@code MESH121: the reason}. */
    public static final String IGNORE = GROUP + "/ignore";

    /** Of a Gateway: Secrets that somebody makes for it by hand, with commas between. */
    public static final String SECRETS_BY_HAND = GROUP + "/secrets-by-hand";

    /** Of a VirtualService: what its hosts keep open, for the page of routes. */
    public static final String STREAMS = GROUP + "/streams";

    /** Of a claim: what its volume is, where its class does not tell. */
    public static final String STORAGE_KIND = GROUP + "/storage-kind";

    /** Of a namespace: why its pods may do more than the others. */
    public static final String POD_SECURITY_REASON = GROUP + "/pod-security-reason";

    /** Of a pod template: changes with the configuration, so that new pods read it. */
    public static final String CONFIG_CHECKSUM = GROUP + "/config-checksum";

    /** Of an Application: how many seconds later waves wait for its health. */
    public static final String AWAIT_SECONDS = GROUP + "/await-seconds";

    /** Of an AppProject: the nodes of its cluster, pools with semicolons between. */
    public static final String NODES = GROUP + "/nodes";

    /** Of a Lease: when actions of self-healing were taken in the last hour, with commas between. */
    public static final String ACTIONS = GROUP + "/actions";

    /** Annotation of the same Lease: moments of the last hour in which something was tried. */
    public static final String TRIALS = GROUP + "/trials";

    /** Label of a pod: the one action of self-healing that it may take. */
    public static final String HEALING = GROUP + "/healing";

    /** Label of a pod or of an account: its program asks a language model, and may only read. */
    public static final String ASSISTANT = GROUP + "/assistant";

    /** Label of an Application: the stage of the fleet by which a rollout chooses it. */
    public static final String STAGE = GROUP + "/stage";

    private MeshwrightNames() {}

    /** Name of the ConfigMap that holds the files of a workload. */
    public static Name filesOf(String workload) {
        return Name.of("%s-files".formatted(workload));
    }
}
