package io.meshwright.stack;

import java.util.List;
import org.cdk8s.ApiObject;
import org.cdk8s.Chart;

/** Every API object of a chart, at any depth; the chart's own list holds its direct children only. */
final class ApiObjects {
    private ApiObjects() {}

    static List<ApiObject> in(Chart chart) {
        return chart.getNode().findAll().stream()
                .filter(ApiObject.class::isInstance)
                .map(ApiObject.class::cast)
                .toList();
    }
}
