package io.meshwright.construct.delivery.chart;

import io.meshwright.value.workload.Resources;
import java.util.List;
import java.util.Map;

/**
 * Values of the chart of cert-manager's CSI driver.
 *
 * @param kubelet folder of the node in which the kubelet keeps pods and plugins
 */
public record CertificateDriverValues(String kubelet) implements ChartValues {
    @Override
    public Map<String, Object> values() {
        return new ValueTree()
                .put("app.kubeletRootDir", kubelet)
                // Below /var, which nodes with an image of their own let be written, and not below /tmp, which they
                // clean.
                .put("app.driver.csiDataDir", "/var/lib/cert-manager-csi-driver")
                // A pod of any node waits for its certificate, also where others are kept away.
                .put("tolerations", List.of(Map.of("operator", "Exists")))
                .resources("resources", Resources.of("10m", "32Mi", "128Mi"))
                .toMap();
    }
}
