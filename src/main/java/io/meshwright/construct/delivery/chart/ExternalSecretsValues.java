package io.meshwright.construct.delivery.chart;

import io.meshwright.value.workload.Resources;
import java.util.List;
import java.util.Map;

/** Values of the external-secrets chart: the operator, its webhook and what keeps the webhook's certificate. */
public record ExternalSecretsValues() implements ChartValues {
    // Charts up to 0.19 name a registry of the project's own, later ones this, where the release notes have put all
    // images
    // [external-secrets, release v0.16.0; deploy/charts/external-secrets/values.yaml at helm-chart-0.19.2 and 2.6.0].
    private static final String REPOSITORY = "ghcr.io/external-secrets/external-secrets";

    @Override
    public Map<String, Object> values() {
        ValueTree values = new ValueTree().put("installCRDs", true);
        for (String part : List.of("", "webhook.", "certController.")) {
            values.put("%simage.repository".formatted(part), REPOSITORY)
                    .resources("%sresources".formatted(part), Resources.of("25m", "64Mi", "256Mi"));
        }
        return values.toMap();
    }
}
