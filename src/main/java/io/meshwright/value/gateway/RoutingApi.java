package io.meshwright.value.gateway;

import io.meshwright.value.Word;

/** The API group of the kinds by which a gateway listens and leads requests on. */
public enum RoutingApi {
    /** Gateways and VirtualServices of Istio's own. */
    @Word("networking.istio.io")
    ISTIO,
    /** Gateways and HTTPRoutes of the Kubernetes Gateway API. */
    @Word("gateway.networking.k8s.io")
    GATEWAY_API
}
