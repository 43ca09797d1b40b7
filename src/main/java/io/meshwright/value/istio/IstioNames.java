package io.meshwright.value.istio;

import io.meshwright.value.Host;
import io.meshwright.value.Name;

/** Names that Istio gives by default, and those by which objects of the Gateway API ask for it. */
public final class IstioNames {
    /**
     * Namespace in which the control plane runs and whose policies act on the whole mesh [istio.io, MeshConfig,
     * rootNamespace].
     */
    public static final Name ROOT_NAMESPACE = Name.of("istio-system");

    /** Of identities and their certificates [istio.io, MeshConfig, trustDomain]. */
    public static final Host TRUST_DOMAIN = Host.of("cluster.local");

    /** Of GatewayClasses whose Gateways get proxies of their own [istio/istio, pkg/config/constants]. */
    public static final String GATEWAY_CONTROLLER = "istio.io/gateway-controller";

    /** Of GatewayClasses whose Gateways are waypoints [istio/istio, pkg/config/constants]. */
    public static final String MESH_CONTROLLER = "istio.io/mesh-controller";

    /** Of IngressClasses [istio/istio, pilot/pkg/config/kube/ingress]. */
    public static final String INGRESS_CONTROLLER = "istio.io/ingress-controller";

    /** Key below a listener's {@code tls.options}: {@code auto-passthrough} [istio/istio, pkg/config/constants]. */
    public static final String LISTENER_PROTOCOL = "gateway.istio.io/listener-protocol";

    /** Key below a listener's {@code tls.options}, such as {@code MUTUAL} [istio/istio, gateway conversion]. */
    public static final String TLS_TERMINATE_MODE = "gateway.istio.io/tls-terminate-mode";

    /** Type of the condition by which a service says that its waypoint takes its calls [istio/istio, ambient]. */
    public static final String WAYPOINT_BOUND = "istio.io/WaypointBound";

    private IstioNames() {}
}
