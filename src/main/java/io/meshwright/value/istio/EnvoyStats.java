package io.meshwright.value.istio;

/**
 * Statistics of Envoy that a proxy of Istio exports only where its pod asks for them: by default there are those of the
 * control plane's connection, of the proxy itself, and Istio's own [istio/istio, pkg/bootstrap/config.go].
 */
public final class EnvoyStats {
    /** Matches the requests that the pod's own ports answer at this moment, by Envoy's name, for the whole of it. */
    public static final String INBOUND_OPEN = "cluster\\.inbound.*\\.upstream_rq_active";

    /** The same by the name that Prometheus gets; the label {@value #CLUSTER} begins with {@code inbound}. */
    public static final String OPEN_REQUESTS = "envoy_cluster_upstream_rq_active";

    /** Name of the label for Envoy's cluster. */
    public static final String CLUSTER = "cluster_name";

    private EnvoyStats() {}
}
