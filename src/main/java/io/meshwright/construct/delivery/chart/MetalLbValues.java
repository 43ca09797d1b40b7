package io.meshwright.construct.delivery.chart;

import io.meshwright.value.workload.Resources;
import java.util.Map;

/**
 * Values of the MetalLB chart: addresses announced in the local network by ARP, without BGP.
 *
 * @param controlPlaneNodes whether a control-plane node may announce an address, which a cluster of one node needs
 */
public record MetalLbValues(boolean controlPlaneNodes) implements ChartValues {
    @Override
    public Map<String, Object> values() {
        return new ValueTree()
                .put("crds.enabled", true)
                .resources("controller.resources", Resources.of("25m", "64Mi", "256Mi"))
                .put("controller.securityContext.runAsNonRoot", true)
                .put("controller.securityContext.runAsUser", 65534)
                .put("controller.securityContext.fsGroup", 65534)
                .put("controller.securityContext.seccompProfile.type", "RuntimeDefault")
                .resources("speaker.resources", Resources.of("25m", "64Mi", "256Mi"))
                // Kubernetes labels control-plane nodes as excluded from load balancers [metallb, troubleshooting].
                .put("speaker.ignoreExcludeLB", controlPlaneNodes)
                .put("speaker.frr.enabled", false)
                .put("frrk8s.enabled", false)
                .toMap();
    }
}
