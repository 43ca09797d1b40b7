package io.meshwright.construct.delivery.istio;

import io.meshwright.construct.delivery.chart.ChartValues;
import io.meshwright.construct.delivery.chart.Replicas;
import io.meshwright.construct.delivery.chart.ValueTree;
import io.meshwright.platform.release.IstioRelease;
import io.meshwright.value.Name;
import io.meshwright.value.workload.Resources;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/**
 * Values of the istiod chart: the control plane, and what it injects.
 *
 * @param meshConfig the mesh's configuration, merged over the chart's own
 * @param env switches of istiod itself
 * @param proxy what every injected proxy may use
 */
public record IstiodValues(
        IstioRelease istio,
        Revision revision,
        Map<String, Object> meshConfig,
        SortedMap<String, String> env,
        Replicas replicas,
        Resources resources,
        Resources proxy)
        implements ChartValues {
    @Override
    public Map<String, Object> values() {
        String pilot = IstioCharts.prefix(istio, "pilot");
        ValueTree values = new ValueTree()
                .put("global.hub", istio.hub())
                .put("global.defaultPodDisruptionBudget.enabled", replicas.several())
                .resources("global.proxy.resources", proxy)
                .put("meshConfig", meshConfig)
                .putPresent("revision", revision.name().map(Name::value))
                .putIf(IstioCharts.setFailurePolicy(istio), "base.validationFailurePolicy", "Fail")
                .put("%scni.enabled".formatted(pilot), true)
                .put("%sseccompProfile".formatted(pilot), ValueTree.entry("type", "RuntimeDefault"))
                .putIf(!env.isEmpty(), "%senv".formatted(pilot), new LinkedHashMap<>(env))
                .resources("%sresources".formatted(pilot), resources);
        return scaled(values, pilot).toMap();
    }

    private ValueTree scaled(ValueTree values, String pilot) {
        values.put("%sautoscaleEnabled".formatted(pilot), replicas.scaled());
        return replicas.scaled()
                ? values.put("%sautoscaleMin".formatted(pilot), replicas.least())
                        .put("%sautoscaleMax".formatted(pilot), replicas.most())
                : values.put("%sreplicaCount".formatted(pilot), replicas.least());
    }
}
