package io.meshwright.construct.delivery.sync;

import io.meshwright.value.ArgoNames;
import io.meshwright.value.MeshwrightNames;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A wave in which Argo CD applies something. What later waves need is awaited until it is healthy, for
 * {@value #AWAITED_SECONDS} seconds at most; what they do not need holds nobody back: a certificate that never comes
 * keeps no service away.
 */
public enum Wave {
    /** The project, the namespaces with their labels, and Argo CD itself. */
    FOUNDATION(0, true),
    /** External Secrets, cert-manager, MetalLB: they bring CRDs and webhooks. */
    OPERATORS(10, true),
    /** Secret stores, issuers, address pools: their users wait for them by themselves. */
    OPERATOR_RESOURCES(20, false),
    ISTIO_BASE(30, true),
    ISTIO_CNI(40, true),
    ISTIOD(50, true),
    /** Objects that istiod validates and acts on for the whole mesh. */
    MESH(60, true),
    /** The edge proxies: their image comes from the injector, so not before istiod. */
    GATEWAY(70, false),
    /** The Gateway object and its certificate. */
    GATEWAY_RESOURCES(80, false),
    OBSERVABILITY(90, false),
    /** Argo Rollouts and KEDA. */
    CONTROLLERS(100, true),
    SERVICES(110, false);

    // Together with a minute between two looks at Git, the next commit is applied within two minutes whatever is
    // broken.
    static final int AWAITED_SECONDS = 60;
    // Between two waves there is room for a team's own.
    private final int number;
    private final boolean awaited;

    Wave(int number, boolean awaited) {
        this.number = number;
        this.awaited = awaited;
    }

    /** For an object that stands before the pods of its stack, for which Argo CD takes wave 0. */
    public static SortedMap<String, String> beforePods() {
        return only(ArgoNames.SYNC_WAVE, "-1");
    }

    /** For an object of Git's that goes only after everything else of its stack is applied and healthy. */
    public static SortedMap<String, String> removedLast() {
        return only(ArgoNames.SYNC_OPTIONS, "PruneLast=true");
    }

    /** True if later waves need what stands in this one. */
    public boolean isAwaited() {
        return awaited;
    }

    /** The annotation's value; a text, as annotations are. */
    public String value() {
        return Integer.toString(number);
    }

    /** For what stands in this wave and is not awaited. */
    public SortedMap<String, String> annotations() {
        return only(ArgoNames.SYNC_WAVE, value());
    }

    /** For an Application of this wave: its place, and how long later waves wait for its health, where they need it. */
    public SortedMap<String, String> applicationAnnotations() {
        SortedMap<String, String> annotations = new TreeMap<>(annotations());
        if (awaited) {
            annotations.put(MeshwrightNames.AWAIT_SECONDS, Integer.toString(AWAITED_SECONDS));
        }
        return Collections.unmodifiableSortedMap(annotations);
    }

    private static SortedMap<String, String> only(String key, String value) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(key, value)));
    }
}
