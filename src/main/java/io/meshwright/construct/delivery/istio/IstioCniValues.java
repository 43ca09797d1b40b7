package io.meshwright.construct.delivery.istio;

import io.meshwright.construct.delivery.chart.ChartValues;
import io.meshwright.construct.delivery.chart.ValueTree;
import io.meshwright.platform.CniFolders;
import io.meshwright.platform.release.IstioRelease;
import io.meshwright.value.workload.Resources;
import java.util.Map;
import java.util.Optional;

/**
 * Values of Istio's CNI chart: the node agent that redirects pods' traffic, so that pods need no capability for it.
 *
 * @param folders where the node keeps its CNI plugins; empty where the chart's own are right
 * @param quota whether the namespace needs a quota that admits pods as urgent as these
 */
public record IstioCniValues(IstioRelease istio, Optional<CniFolders> folders, boolean quota, Resources resources)
        implements ChartValues {
    @Override
    public Map<String, Object> values() {
        String cni = IstioCharts.prefix(istio, "cni");
        return new ValueTree()
                .put("global.hub", istio.hub())
                .putPresent("%scniBinDir".formatted(cni), folders.map(CniFolders::binaries))
                .putPresent("%scniConfDir".formatted(cni), folders.map(CniFolders::configuration))
                .putIf(quota, "%sresourceQuotas.enabled".formatted(cni), true)
                .put("%sseccompProfile".formatted(cni), ValueTree.entry("type", "RuntimeDefault"))
                // Else Kubernetes adds the field to the annotation, and Argo CD never calls the DaemonSet synced.
                .putPresent(
                        "useAppArmorAnnotation",
                        IstioCharts.chooseAppArmor(istio) ? Optional.of(false) : Optional.empty())
                .resources("%sresources".formatted(cni), resources)
                .toMap();
    }
}
