package io.meshwright.check.evidence;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.value.istio.IstioNames;
import io.meshwright.value.istio.IstioPorts;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The ingress gateway that istioctl installs, which manifests may mean without holding it. */
public final class UsualGateway {
    private static final String NAMESPACE = IstioNames.ROOT_NAMESPACE.value();
    private static final Map<String, String> LABELS = Map.of("app", "istio-ingressgateway", "istio", "ingressgateway");
    // Ports of its Service in any profile (manifests/profiles, pkg/config/analysis/local/defaults.go).
    private static final Set<Integer> PORTS =
            Set.of(80, 443, IstioPorts.STATUS.value(), IstioPorts.CROSS_NETWORK.value(), 31400);

    private UsualGateway() {}

    public static boolean isMeant(Mesh mesh, Gateway gateway) {
        return !gateway.selector().isEmpty()
                && LABELS.entrySet().containsAll(gateway.selector().labels().entrySet())
                && !mesh.installation().isWritten()
                && mesh.gateways().pods(gateway).isEmpty();
    }

    public static boolean hasPort(int port) {
        return PORTS.contains(port);
    }

    /** The namespaces from which the gateway's pods read Secrets; empty when nobody knows. */
    public static Set<String> namespaces(Mesh mesh, Gateway gateway) {
        return isMeant(mesh, gateway)
                ? Set.of(NAMESPACE)
                : mesh.gateways().pods(gateway).stream()
                        .map(Pod::namespace)
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
