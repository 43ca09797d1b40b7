package io.meshwright.trace.answer;

import io.meshwright.value.istio.IstioNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A gateway that is taken for granted where Gateways select it and nothing says how Istio is installed: those that
 * {@code istioctl install} makes by its default profile, Istio's instructions for Helm, and the add-on of AKS
 * (istio.io, Install with Istioctl and Install with Helm; learn.microsoft.com, Istio add-on ingress gateways).
 */
public record UsualGateway(String namespace, String name, Map<String, String> labels) {
    /** The words with which each begins its sentence. */
    public static final String TAKEN =
            "the gateway's pods are not among the manifests, so the usual ones are taken for granted";

    private static final Set<Integer> PORTS = Set.of(80, 443);
    private static final List<UsualGateway> ALL = List.of(
            labelled(IstioNames.ROOT_NAMESPACE.value(), "istio-ingressgateway", "ingressgateway"),
            labelled("istio-ingress", "istio-ingress", "ingress"),
            labelled("aks-istio-ingress", "aks-istio-ingressgateway-external", "aks-istio-ingressgateway-external"),
            labelled("aks-istio-ingress", "aks-istio-ingressgateway-internal", "aks-istio-ingressgateway-internal"));

    private static UsualGateway labelled(String namespace, String app, String istio) {
        return new UsualGateway(namespace, app, Map.of("app", app, "istio", istio));
    }

    /** The one that a selector means, if the port is one of its Service's. */
    public static Optional<UsualGateway> of(Map<String, String> selector, int port) {
        return selector.isEmpty() || !PORTS.contains(port)
                ? Optional.empty()
                : ALL.stream()
                        .filter(usual -> usual.labels().entrySet().containsAll(selector.entrySet()))
                        .findFirst();
    }

    /** For people: what is taken for granted. */
    public String sentence() {
        return "%s: %s in %s, with the ports 80 and 443".formatted(TAKEN, name, namespace);
    }
}
