package io.meshwright.construct.delivery;

import io.meshwright.platform.release.IstioRelease;
import io.meshwright.value.workload.Resources;
import java.util.Map;
import java.util.Optional;

/** Values of Istio's CNI chart: the node agent that redirects pods' traffic, so that pods need no capability for it. */
public record IstioCniValues(IstioRelease istio, Optional<Folders> folders, Resources resources) implements ChartValues {

  /** Where the node keeps its CNI plugins, where that is not {@code /opt/cni/bin} and {@code /etc/cni/net.d} (k3s, microk8s). */
  public record Folders(String binaries, String configuration) {}

  @Override
  public Map<String, Object> values() {
    String cni = IstioCharts.prefix(istio, "cni");
    return new ValueTree()
        .put("global.hub", istio.hub())
        .putPresent("%scniBinDir".formatted(cni), folders.map(Folders::binaries))
        .putPresent("%scniConfDir".formatted(cni), folders.map(Folders::configuration))
        .put("%sseccompProfile".formatted(cni), ValueTree.entry("type", "RuntimeDefault"))
        .resources("%sresources".formatted(cni), resources)
        .toMap();
  }
}
