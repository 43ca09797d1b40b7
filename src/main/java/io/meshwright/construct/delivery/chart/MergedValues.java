package io.meshwright.construct.delivery.chart;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values of a chart with others that a distribution of Kubernetes needs besides, which come last.
 *
 * @param base the values of the chart
 * @param others key by key over them
 */
public record MergedValues(ChartValues base, Map<String, Object> others) implements ChartValues {
    public MergedValues {
        others = new LinkedHashMap<>(others);
    }

    @Override
    public Map<String, Object> values() {
        return merged(base.values(), others);
    }

    @Override
    public boolean schemaApplies() {
        return base.schemaApplies();
    }

    @SuppressWarnings("unchecked") // Maps of values have texts as keys.
    private static Map<String, Object> merged(Map<String, Object> under, Map<String, Object> over) {
        Map<String, Object> merged = new LinkedHashMap<>(under);
        over.forEach((key, value) -> merged.merge(
                key,
                value,
                (below, above) -> below instanceof Map<?, ?> && above instanceof Map<?, ?>
                        ? merged((Map<String, Object>) below, (Map<String, Object>) above)
                        : above));
        return merged;
    }
}
