package io.meshwright.value.istio;

/** Labels that Istio reads or writes [istio.io, Reference, Configuration, Resource Labels]. */
public final class IstioLabels {
    /** Of a namespace: {@code enabled} or {@code disabled}. */
    public static final String INJECTION = "istio-injection";

    /** The revision or tag whose control plane injects and configures a pod; of a control plane's own objects: its. */
    public static final String REVISION = "istio.io/rev";

    /** Of a webhook that stands for a tag [istio/istio, istioctl/pkg/tag]. */
    public static final String TAG = "istio.io/tag";

    /** Of a pod: {@code true} or {@code false}; older manifests have it as an annotation. */
    public static final String INJECT = "sidecar.istio.io/inject";

    /** Of a namespace or pod: {@code ambient} or {@code none}. */
    public static final String DATAPLANE_MODE = "istio.io/dataplane-mode";

    /** Of a pod, written by injection: {@code istio} or {@code disabled}. */
    public static final String TLS_MODE = "security.istio.io/tlsMode";

    /** Of a pod, written by injection: {@code http} where its proxy takes tunnels. */
    public static final String TUNNEL = "networking.istio.io/tunnel";

    public static final String SUBZONE = "topology.istio.io/subzone";

    public static final String NETWORK = "topology.istio.io/network";

    public static final String CLUSTER = "topology.istio.io/cluster";

    /** Of a Service, with or without {@code -header}: the cookie or header by which a caller keeps its endpoint. */
    public static final String PERSISTENT_SESSION = "istio.io/persistent-session";

    /** By which a service, a pod or a namespace names its waypoint. */
    public static final String USE_WAYPOINT = "istio.io/use-waypoint";

    /** Namespace of the waypoint of {@link #USE_WAYPOINT}, if not in the same namespace. */
    public static final String USE_WAYPOINT_NAMESPACE = "istio.io/use-waypoint-namespace";

    /** Label by which gateways too send calls of a service through its waypoint. */
    public static final String INGRESS_USE_WAYPOINT = "istio.io/ingress-use-waypoint";

    /** By which a service or a namespace names a second waypoint, for a share of its calls. */
    public static final String USE_WAYPOINT_CANARY = "istio.io/use-waypoint-canary";

    /** Namespace of the waypoint of {@link #USE_WAYPOINT_CANARY}, if not in the same namespace. */
    public static final String USE_WAYPOINT_CANARY_NAMESPACE = "istio.io/use-waypoint-canary-namespace";

    /** Of a ServiceEntry: {@code false} keeps it from being given addresses. */
    public static final String ALLOCATE_ADDRESS = "networking.istio.io/enable-autoallocate-ip";

    /** Of a waypoint: {@code service}, {@code workload}, {@code all} or {@code none}. */
    public static final String WAYPOINT_FOR = "istio.io/waypoint-for";

    /** Of what istiod makes for a Gateway of the Gateway API: by which controller. */
    public static final String MANAGED = "gateway.istio.io/managed";

    /** On a ConfigMap: the class of Gateways whose Deployments and Services it completes. */
    public static final String CLASS_DEFAULTS = "gateway.istio.io/defaults-for-class";

    /** The short form of {@code gateway.networking.k8s.io/gateway-name}, up to Istio 1.21. */
    public static final String GATEWAY_NAME = "istio.io/gateway-name";

    /** Of an east-west gateway's Service: the port for calls from other networks. */
    public static final String GATEWAY_PORT = "networking.istio.io/gatewayPort";

    private IstioLabels() {}
}
