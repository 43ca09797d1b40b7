package io.meshwright.construct.delivery.chart;

import io.meshwright.value.workload.Resources;
import java.util.List;
import java.util.Map;

/**
 * Values of the KEDA chart: the operator, the metrics server that autoscalers ask, and the webhook. The chart also
 * binds a role in {@code kube-system}, by which the metrics server learns who asks, so its project has to admit that
 * namespace.
 */
public record KedaValues() implements ChartValues {
    @Override
    public Map<String, Object> values() {
        ValueTree values = new ValueTree().put("crds.install", true).put("image.pullPolicy", "IfNotPresent");
        for (String part : List.of("operator", "metricServer", "webhooks")) {
            values.put("podSecurityContext.%s.runAsNonRoot".formatted(part), true)
                    .put("podSecurityContext.%s.seccompProfile.type".formatted(part), "RuntimeDefault")
                    .resources("resources.%s".formatted(part), Resources.of("50m", "100Mi", "512Mi"));
        }
        return values.toMap();
    }
}
