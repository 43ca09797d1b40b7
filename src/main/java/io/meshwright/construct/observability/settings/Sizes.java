package io.meshwright.construct.observability.settings;

import io.meshwright.value.Quantity;
import io.meshwright.value.workload.Resources;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Requests and limits of every program of the stack: two profiles, in which single programs can be given other sizes.
 */
public final class Sizes {
    private final Map<Component, Resources> resources;
    private final int collectors;

    private Sizes(Map<Component, Resources> resources, int collectors) {
        this.resources = new EnumMap<>(resources);
        this.collectors = collectors;
    }

    /** The whole stack within 2 CPU and 4Gi of requests on five nodes. */
    public static Sizes small() {
        Map<Component, Resources> small = new EnumMap<>(Component.class);
        small.put(Component.PROMETHEUS, Resources.of("250m", "1Gi", "2Gi"));
        small.put(Component.ALERTMANAGER, Resources.of("25m", "64Mi", "128Mi"));
        small.put(Component.GRAFANA, Resources.of("100m", "256Mi", "512Mi"));
        small.put(Component.LOKI, Resources.of("100m", "384Mi", "1Gi"));
        small.put(Component.JAEGER, Resources.of("100m", "256Mi", "1Gi"));
        small.put(Component.KIALI, Resources.of("25m", "128Mi", "512Mi"));
        small.put(Component.OTEL_COLLECTOR, Resources.of("100m", "256Mi", "512Mi"));
        small.put(Component.KUBE_STATE_METRICS, Resources.of("25m", "96Mi", "256Mi"));
        small.put(Component.LOG_AGENT, Resources.of("50m", "128Mi", "256Mi"));
        small.put(Component.NODE_EXPORTER, Resources.of("20m", "32Mi", "64Mi"));
        small.put(Component.GRAFANA_BACKUP, Resources.of("25m", "64Mi", "128Mi"));
        return new Sizes(small, 1);
    }

    /** For tens of services and thousands of requests per second. */
    public static Sizes large() {
        Map<Component, Resources> large = new EnumMap<>(Component.class);
        large.put(Component.PROMETHEUS, Resources.of("1", "4Gi", "8Gi"));
        large.put(Component.ALERTMANAGER, Resources.of("50m", "128Mi", "256Mi"));
        large.put(Component.GRAFANA, Resources.of("250m", "512Mi", "1Gi"));
        large.put(Component.LOKI, Resources.of("500m", "1Gi", "3Gi"));
        large.put(Component.JAEGER, Resources.of("250m", "512Mi", "2Gi"));
        large.put(Component.KIALI, Resources.of("100m", "256Mi", "1Gi"));
        large.put(Component.OTEL_COLLECTOR, Resources.of("250m", "512Mi", "1Gi"));
        large.put(Component.KUBE_STATE_METRICS, Resources.of("50m", "192Mi", "512Mi"));
        large.put(Component.LOG_AGENT, Resources.of("100m", "192Mi", "384Mi"));
        large.put(Component.NODE_EXPORTER, Resources.of("50m", "32Mi", "128Mi"));
        large.put(Component.GRAFANA_BACKUP, Resources.of("50m", "64Mi", "256Mi"));
        return new Sizes(large, 2);
    }

    /** The same with another size for one program. */
    public Sizes with(Component component, Resources size) {
        Map<Component, Resources> changed = new EnumMap<>(resources);
        changed.put(component, size);
        return new Sizes(changed, collectors);
    }

    /**
     * The same with room in Loki for which lines are alike: 300 kinds of each level for each stream of a quarter of an
     * hour (drain.go of Loki 3.7).
     */
    public Sizes withPatterns() {
        boolean isSmall = of(Component.LOKI).requests().memory().compareTo(Quantity.of("1Gi")) < 0;
        return with(
                Component.LOKI,
                isSmall ? Resources.of("150m", "512Mi", "1280Mi") : Resources.of("600m", "1536Mi", "4Gi"));
    }

    /** The same with another number of collectors. */
    public Sizes withCollectors(int collectors) {
        return new Sizes(resources, collectors);
    }

    public Resources of(Component component) {
        return Objects.requireNonNull(resources.get(component), component::name);
    }

    /** Number of collectors that take spans and lines from proxies and applications. */
    public int collectors() {
        return collectors;
    }
}
