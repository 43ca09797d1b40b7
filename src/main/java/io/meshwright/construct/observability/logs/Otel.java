package io.meshwright.construct.observability.logs;

import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.text.Section;
import io.meshwright.value.telemetry.LokiPart;
import java.util.List;

/**
 * The parts that every OpenTelemetry Collector of ours has: limits, batches, health, its own metrics, the way to Loki.
 */
final class Otel {
    static final int HEALTH_PORT = 13133;
    static final int METRICS_PORT = 8888;

    private Otel() {}

    /**
     * First in every pipeline: what does not fit into the container's memory is refused instead of ending the process.
     */
    static Section memoryLimiter() {
        return Section.of("check_interval", "5s").with("limit_percentage", 80).with("spike_limit_percentage", 25);
    }

    static Section loki(Settings settings) {
        return OutsideStores.of(settings.parts())
                .logs()
                .map(store -> store.headersInto(Section.of("endpoint", store.address())))
                .orElseGet(() -> inCluster(settings));
    }

    private static Section inCluster(Settings settings) {
        Section loki = Section.of(
                "endpoint", "%s/otlp".formatted(settings.address(Tool.LOKI).inClusterUrl()));
        return settings.parts().loki() instanceof LokiPart.Existing existing && existing.tenant() != null
                ? loki.with("headers", Section.of("X-Scope-OrgID", existing.tenant()))
                : loki;
    }

    /** The default listens on localhost only, where no kubelet asks. */
    static Section healthCheck() {
        return Section.of("endpoint", "0.0.0.0:%d".formatted(HEALTH_PORT));
    }

    static Section telemetry() {
        return Section.of("logs", Section.of("level", "warn"))
                .with(
                        "metrics",
                        Section.of(
                                "readers",
                                List.of(Section.of(
                                        "pull",
                                        Section.of(
                                                "exporter",
                                                Section.of(
                                                        "prometheus",
                                                        Section.of("host", "0.0.0.0")
                                                                .with("port", METRICS_PORT)))))));
    }

    static Section pipeline(List<String> receivers, List<String> processors, List<String> exporters) {
        return Section.of("receivers", receivers).with("processors", processors).with("exporters", exporters);
    }
}
