package io.meshwright.construct.delivery;

import io.meshwright.platform.release.IstioRelease;
import io.meshwright.value.Name;
import java.util.Map;

/** Values of Istio's base chart: its CRDs, and the webhook that validates what no revision claims. */
public record IstioBaseValues(IstioRelease istio, Revision revision) implements ChartValues {
  private static final String ONLY = "default";

  @Override
  public Map<String, Object> values() {
    return new ValueTree()
        .put("defaultRevision", revision.name().map(Name::value).orElse(ONLY))
        .putIf(IstioCharts.setFailurePolicy(istio), "base.validationFailurePolicy", "Fail")
        .toMap();
  }
}
