package io.meshwright.construct.delivery.chart;

import java.util.Map;

/** The values of a Helm chart. */
public interface ChartValues {
    /** Keys as the chart writes them, in a fixed order. */
    Map<String, Object> values();

    /** True if Helm may hold them against the chart's own schema; a chart whose schema is broken says no. */
    default boolean schemaApplies() {
        return true;
    }
}
