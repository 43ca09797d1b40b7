package io.meshwright.construct.delivery.istio;

import io.meshwright.construct.delivery.chart.ChartValues;
import io.meshwright.construct.delivery.chart.ValueTree;
import io.meshwright.platform.release.IstioRelease;
import java.util.Map;

/** Values of Istio's base chart: its CRDs, and the webhook that validates what no revision claims. */
public record IstioBaseValues(IstioRelease istio, Revision revision) implements ChartValues {
    @Override
    public Map<String, Object> values() {
        return new ValueTree()
                .put("defaultRevision", revision.label())
                .putIf(IstioCharts.setFailurePolicy(istio), "base.validationFailurePolicy", "Fail")
                .toMap();
    }
}
