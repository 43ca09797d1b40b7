package io.meshwright.value.istio;

/**
 * Annotations that Istio reads or writes [istio.io, Reference, Configuration, Resource Annotations], and internal ones
 * [istio/istio, pkg/config/constants].
 */
public final class IstioAnnotations {
    /** Of a policy: {@code true} lets it decide for the log only. */
    public static final String DRY_RUN = "istio.io/dry-run";

    /** Of a pod: settings of its proxy that go before the mesh's, as YAML. */
    public static final String PROXY_CONFIG = "proxy.istio.io/config";

    /** Of a pod: whether the agent answers for the application's metrics too. */
    public static final String MERGE_METRICS = "prometheus.istio.io/merge-metrics";

    /** Of a pod: names of templates, with commas between. */
    public static final String TEMPLATES = "inject.istio.io/templates";

    /** Of a pod, since 1.24: {@code true} makes its proxy a native sidecar, which starts first and ends last. */
    public static final String NATIVE_SIDECAR = "sidecar.istio.io/nativeSidecar";

    /** Of a pod, written by injection. */
    public static final String STATUS = "sidecar.istio.io/status";

    /** Of a pod: REDIRECT, TPROXY or NONE. */
    public static final String INTERCEPTION_MODE = "sidecar.istio.io/interceptionMode";

    public static final String PROXY_IMAGE = "sidecar.istio.io/proxyImage";

    public static final String PROXY_CPU = "sidecar.istio.io/proxyCPU";

    public static final String PROXY_CPU_LIMIT = "sidecar.istio.io/proxyCPULimit";

    public static final String PROXY_MEMORY = "sidecar.istio.io/proxyMemory";

    public static final String PROXY_MEMORY_LIMIT = "sidecar.istio.io/proxyMemoryLimit";

    /** Of a pod: where the proxy says whether it is ready; 0 for nowhere. */
    public static final String STATUS_PORT = "status.sidecar.istio.io/port";

    /** In seconds. */
    public static final String READINESS_DELAY = "readiness.status.sidecar.istio.io/initialDelaySeconds";

    /** In seconds. */
    public static final String READINESS_PERIOD = "readiness.status.sidecar.istio.io/periodSeconds";

    public static final String READINESS_FAILURES = "readiness.status.sidecar.istio.io/failureThreshold";

    /** Begins the annotations that say which calls a proxy takes. */
    public static final String TRAFFIC = "traffic.sidecar.istio.io/";

    public static final String INCLUDE_OUTBOUND_RANGES = TRAFFIC + "includeOutboundIPRanges";

    public static final String EXCLUDE_OUTBOUND_RANGES = TRAFFIC + "excludeOutboundIPRanges";

    public static final String INCLUDE_INBOUND_PORTS = TRAFFIC + "includeInboundPorts";

    public static final String EXCLUDE_INBOUND_PORTS = TRAFFIC + "excludeInboundPorts";

    public static final String EXCLUDE_OUTBOUND_PORTS = TRAFFIC + "excludeOutboundPorts";

    /**
     * False leaves the kubelet's probes as they are; otherwise injection sends them to the proxy, which asks for it.
     */
    public static final String REWRITE_PROBES = "sidecar.istio.io/rewriteAppHTTPProbers";

    /** Of a Service: namespaces that see it, with commas between. */
    public static final String EXPORT_TO = "networking.istio.io/exportTo";

    /** Of a Service, since 1.24: which of its pods its callers prefer. */
    public static final String TRAFFIC_DISTRIBUTION = "networking.istio.io/traffic-distribution";

    /** Of a Gateway of the Gateway API: the type of the Service that istiod makes. */
    public static final String SERVICE_TYPE = "networking.istio.io/service-type";

    /** Of a pod or a WorkloadEntry, written by istio-cni: {@code enabled} where a ztunnel takes its calls. */
    public static final String REDIRECTION = "ambient.istio.io/redirection";

    /** Of a service or a namespace: the share of calls in percent that a second waypoint gets. */
    public static final String CANARY_WEIGHT = "istio.io/use-waypoint-canary-weight";

    /** Of a pod: {@code true} or {@code false}, for whether its ztunnel answers DNS. */
    public static final String AMBIENT_DNS = "ambient.istio.io/dns-capture";

    /** Of a Gateway of the Gateway API: the name of what istiod makes for it. */
    public static final String NAME_OVERRIDE = "gateway.istio.io/name-override";

    /** Of a Gateway of the Gateway API: the service account of its pods. */
    public static final String SERVICE_ACCOUNT = "gateway.istio.io/service-account";

    /** Of a Gateway of the Gateway API, written by istiod: which generation of it made what stands. */
    public static final String CONTROLLER_VERSION = "gateway.istio.io/controller-version";

    /** Of a Gateway's Service: listeners take the Service's port, not the pod's. */
    public static final String NO_PORT_TRANSLATION = "experimental.istio.io/disable-gateway-port-translation";

    /** Of a Gateway that istiod makes of one of the Gateway API: the Services that it means. */
    public static final String INTERNAL_GATEWAY_SERVICE = "internal.istio.io/gateway-service";

    /** Of a Gateway that istiod makes of one of the Gateway API, whose listener may admit no namespace. */
    public static final String INTERNAL_GATEWAY_SEMANTICS = "internal.istio.io/gateway-semantics";

    /** By which istiod asks its own webhook whether it serves. */
    public static final String INTERNAL_ALWAYS_REJECT = "internal.istio.io/webhook-always-reject";

    /** Of a BackendTLSPolicy that is meant for another implementation of the Gateway API. */
    public static final String IGNORE_POLICY_ATTACHMENT = "istio.io/ignore-policy-attachment";

    private IstioAnnotations() {}
}
