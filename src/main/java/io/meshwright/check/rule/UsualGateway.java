package io.meshwright.check.rule;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.workload.Pod;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The ingress gateway that istioctl installs, which manifests may mean without holding it. */
final class UsualGateway {
    private static final String NAMESPACE = "istio-system";
    private static final Map<String, String> LABELS = Map.of("app", "istio-ingressgateway", "istio", "ingressgateway");
    // Ports of its Service in any profile (manifests/profiles, pkg/config/analysis/local/defaults.go).
    private static final Set<Integer> PORTS = Set.of(80, 443, 15021, 15443, 31400);

    private UsualGateway() {}

    static boolean isMeant(Mesh mesh, Gateway gateway) {
        return !gateway.selector().isEmpty()
                && LABELS.entrySet().containsAll(gateway.selector().labels().entrySet())
                && !mesh.installation().isWritten()
                && mesh.gateways().pods(gateway).isEmpty();
    }

    static boolean hasPort(int port) {
        return PORTS.contains(port);
    }

    /** The namespaces from which the gateway's pods read Secrets; empty when nobody knows. */
    static Set<String> namespaces(Mesh mesh, Gateway gateway) {
        return isMeant(mesh, gateway)
                ? Set.of(NAMESPACE)
                : mesh.gateways().pods(gateway).stream()
                        .map(Pod::namespace)
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
