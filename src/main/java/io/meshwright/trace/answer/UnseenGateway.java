package io.meshwright.trace.answer;

import java.util.Map;
import java.util.Set;

/** A gateway of which the Gateway objects are given, and not the pods. */
public final class UnseenGateway {
    /** The reason of the doubt that this leaves. */
    public static final String WHY =
            "the gateway's pods and their load balancer are not among the manifests; add the Application of the "
                    + "gateway chart, an IstioOperator, or the Deployment and Service that somebody wrote";

    /** The step that takes the one of Istio's default profile for granted. */
    public static final String TAKEN =
            "the gateway's pods are not among the manifests, so Istio's usual ingress gateway is taken for granted:"
                    + " istio-ingressgateway in the root namespace, with the ports 80 and 443";

    private static final Map<String, String> USUAL_LABELS =
            Map.of("istio", "ingressgateway", "app", "istio-ingressgateway");
    private static final Set<Integer> USUAL_PORTS = Set.of(80, 443);

    private UnseenGateway() {}

    /**
     * True if a selector means the gateway that {@code istioctl install} makes by its default profile, and the port is
     * one of its Service's (manifests/profiles/default.yaml, charts/gateways/istio-ingress).
     */
    public static boolean isUsual(Map<String, String> selector, int port) {
        return !selector.isEmpty()
                && USUAL_LABELS.entrySet().containsAll(selector.entrySet())
                && USUAL_PORTS.contains(port);
    }
}
