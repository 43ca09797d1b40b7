package io.meshwright.construct.observability.logs;

import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.text.ConfigText;
import io.meshwright.construct.observability.text.Section;
import io.meshwright.construct.observability.traces.JaegerConfig;
import io.meshwright.value.telemetry.JaegerPart;
import io.meshwright.value.telemetry.OtlpPorts;
import java.util.ArrayList;
import java.util.List;

/**
 * Configuration of the collector to which proxies and applications send spans and log lines: OTLP in, Jaeger and Loki
 * out.
 */
public final class CollectorConfig {
    /** Name of its Service, workload and {@code app} label. */
    public static final String NAME = "otel-collector";

    /** OTLP over gRPC, as Envoy speaks it. */
    public static final int GRPC_PORT = OtlpPorts.GRPC.value();

    /** OTLP over HTTP. */
    public static final int HTTP_PORT = OtlpPorts.HTTP.value();

    public static final int HEALTH_PORT = Otel.HEALTH_PORT;
    public static final int METRICS_PORT = Otel.METRICS_PORT;

    private CollectorConfig() {}

    public static String text(Settings settings) {
        return ConfigText.yaml(Section.of("receivers", Section.of("otlp", Section.of("protocols", protocols())))
                .with("processors", processors(settings))
                .with("exporters", exporters(settings))
                .with("extensions", Section.of("health_check", Otel.healthCheck()))
                .with(
                        "service",
                        Section.of("extensions", List.of("health_check"))
                                .with("telemetry", Otel.telemetry())
                                .with("pipelines", pipelines(settings))));
    }

    private static Section exporters(Settings settings) {
        Section exporters = Section.empty();
        if (settings.parts().hasTraces()) {
            exporters.with(spanExporter(settings), jaeger(settings));
        }
        return settings.parts().hasLogs() ? exporters.with("otlp_http", Otel.loki(settings)) : exporters;
    }

    private static Section pipelines(Settings settings) {
        Section pipelines = Section.empty();
        if (settings.parts().hasTraces()) {
            pipelines.with(
                    "traces",
                    Otel.pipeline(List.of("otlp"), spanProcessors(settings), List.of(spanExporter(settings))));
        }
        return settings.parts().hasLogs()
                ? pipelines.with("logs", Otel.pipeline(List.of("otlp"), logProcessors(settings), List.of("otlp_http")))
                : pipelines;
    }

    private static Section protocols() {
        return Section.of("grpc", Section.of("endpoint", "0.0.0.0:%d".formatted(GRPC_PORT)))
                .with("http", Section.of("endpoint", "0.0.0.0:%d".formatted(HTTP_PORT)));
    }

    /** The lines' exporter has the plain name of its kind, so that spans by HTTP need another. */
    private static String spanExporter(Settings settings) {
        return settings.parts().jaeger() instanceof JaegerPart.Outside outside
                        && outside.protocol() == JaegerPart.Protocol.HTTP
                ? "otlp_http/traces"
                : "otlp_grpc";
    }

    private static Section jaeger(Settings settings) {
        return OutsideStores.of(settings.parts())
                .traces()
                .map(store -> store.headersInto(Section.of("endpoint", store.address())))
                .orElseGet(() -> Section.of("endpoint", JaegerConfig.otlpAddress(settings))
                        .with("tls", Section.of("insecure", true)));
    }

    private static Section processors(Settings settings) {
        Section processors = Section.of("memory_limiter", Otel.memoryLimiter());
        List<String> labels = LogLabels.ofProvider(settings);
        if (!labels.isEmpty()) {
            processors.with("groupbyattrs", Section.of("keys", labels));
        }
        if (settings.parts().hasLogs()) {
            processors.with("transform", serviceName());
        }
        if (settings.aiOps().logs().redact()) {
            processors.with(RedactProcessor.NAME, RedactProcessor.ofAll());
        }
        return processors.with("batch", Section.empty());
    }

    private static List<String> spanProcessors(Settings settings) {
        return settings.aiOps().logs().redact()
                ? List.of("memory_limiter", RedactProcessor.NAME, "batch")
                : List.of("memory_limiter", "batch");
    }

    /** Envoy sends the provider's labels as attributes of each line; Loki takes labels from the resource only. */
    private static List<String> logProcessors(Settings settings) {
        List<String> processors = new ArrayList<>(List.of("memory_limiter"));
        if (!LogLabels.ofProvider(settings).isEmpty()) {
            processors.add("groupbyattrs");
        }
        processors.add("transform");
        if (settings.aiOps().logs().redact()) {
            processors.add(RedactProcessor.NAME);
        }
        processors.add("batch");
        return processors;
    }

    /** Envoy's lines name no service, and Loki would file them all under unknown_service. */
    private static Section serviceName() {
        String service = "resource.attributes[\"%s\"]".formatted(LogLabels.SERVICE);
        String app = "resource.attributes[\"%s\"]".formatted(LogLabels.APP);
        return Section.of("error_mode", "ignore")
                .with(
                        "log_statements",
                        List.of(
                                "set(%s, %s) where %s == nil and %s != nil".formatted(service, app, service, app),
                                "set(%s, %s) where %s == nil and %s != nil".formatted(app, service, app, service)));
    }
}
