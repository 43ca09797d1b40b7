package io.meshwright.construct.observability;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.construct.observability.dashboards.DashboardCatalogue;
import io.meshwright.construct.observability.dashboards.GrafanaConfig;
import io.meshwright.construct.observability.settings.Component;
import io.meshwright.value.telemetry.GrafanaPart;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.constructs.Construct;

/** Hands dashboards and data sources to a Grafana that others run, as ConfigMaps that its sidecar finds by labels. */
final class ForeignGrafana extends Construct {
    private static final String FOLDER = "grafana_folder";

    private final Plan plan;

    ForeignGrafana(Construct scope, Plan plan, GrafanaPart.Existing existing) {
        super(scope, "existing-grafana");
        this.plan = plan;
        Map<String, String> folder = existing.folder() == null ? Map.of() : Map.of(FOLDER, existing.folder());
        DashboardCatalogue.of(plan.settings())
                .forEach(dashboard -> file(
                        "grafana-dashboard-%s".formatted(dashboard.uid()),
                        existing.dashboardLabels(),
                        folder,
                        Map.of(dashboard.file(), dashboard.json(plan.settings().parts()))));
        if (existing.namespace() != null
                && Stream.of(Component.PROMETHEUS, Component.LOKI, Component.JAEGER)
                        .anyMatch(plan::runs)) {
            file(
                    "grafana-datasources",
                    existing.dataSourceLabels(),
                    Map.of(),
                    Map.of("meshwright.yaml", GrafanaConfig.dataSources(plan.settings())));
        }
    }

    /** A ConfigMap for each, because one object may not grow beyond what the API server stores. */
    private void file(
            String name, Map<String, String> labels, Map<String, String> annotations, Map<String, String> files) {
        KubernetesObject.of(
                this,
                name,
                new ConfigMapBuilder()
                        .withMetadata(new ObjectMetaBuilder()
                                .withName(name)
                                .withNamespace(plan.settings().domain().namespace())
                                .withLabels(new TreeMap<>(labels))
                                .withAnnotations(annotations.isEmpty() ? null : new TreeMap<>(annotations))
                                .build())
                        .withData(new TreeMap<>(files))
                        .build());
    }
}
