package io.meshwright.construct;

import imports.io.istio.telemetry.Telemetry;
import imports.io.istio.telemetry.TelemetrySpec;
import imports.io.istio.telemetry.TelemetrySpecAccessLogging;
import imports.io.istio.telemetry.TelemetrySpecAccessLoggingProviders;
import imports.io.istio.telemetry.TelemetrySpecMetrics;
import imports.io.istio.telemetry.TelemetrySpecMetricsProviders;
import imports.io.istio.telemetry.TelemetrySpecTracing;
import imports.io.istio.telemetry.TelemetrySpecTracingCustomTags;
import imports.io.istio.telemetry.TelemetrySpecTracingCustomTagsEnvironment;
import imports.io.istio.telemetry.TelemetrySpecTracingCustomTagsHeader;
import imports.io.istio.telemetry.TelemetrySpecTracingCustomTagsLiteral;
import imports.io.istio.telemetry.TelemetrySpecTracingProviders;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.telemetry.SpanTag;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectMetadata;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/** Has the proxies of one namespace, or of the whole mesh from the root namespace, report logs, spans and metrics. */
public final class ProxyTelemetry extends Construct {
    private final ApiObject resource;

    private ProxyTelemetry(Construct scope, String id, Props props) {
        super(scope, id);
        this.resource = Telemetry.Builder.create(this, "Resource")
                .metadata(ApiObjectMetadata.builder()
                        .name(props.name().toString())
                        .namespace(props.namespace().toString())
                        .build())
                .spec(TelemetrySpec.builder()
                        .accessLogging(logs(props.accessLogs()))
                        .tracing(spans(props))
                        .metrics(metrics(props.metrics()))
                        .build())
                .build();
    }

    public static ProxyTelemetry of(Construct scope, String id, Props props) {
        return ConstructMaker.make(scope, id, () -> new ProxyTelemetry(scope, id, props));
    }

    /** The Telemetry, for what this construct cannot say. */
    public ApiObject resource() {
        return resource;
    }

    private static @Nullable List<TelemetrySpecAccessLogging> logs(List<Name> providers) {
        return providers.isEmpty()
                ? null
                : List.of(TelemetrySpecAccessLogging.builder()
                        .providers(providers.stream()
                                .map(name -> TelemetrySpecAccessLoggingProviders.builder()
                                        .name(name.toString())
                                        .build())
                                .toList())
                        .build());
    }

    private static @Nullable List<TelemetrySpecTracing> spans(Props props) {
        return props.tracing() == null
                ? null
                : List.of(TelemetrySpecTracing.builder()
                        .providers(List.of(TelemetrySpecTracingProviders.builder()
                                .name(props.tracing().toString())
                                .build()))
                        .randomSamplingPercentage(props.sampling())
                        .customTags(tags(props.tags()))
                        .build());
    }

    private static @Nullable Map<String, TelemetrySpecTracingCustomTags> tags(Map<String, SpanTag> tags) {
        var rendered = new TreeMap<String, TelemetrySpecTracingCustomTags>();
        tags.forEach((name, tag) -> rendered.put(name, tag(tag)));
        return rendered.isEmpty() ? null : rendered;
    }

    private static TelemetrySpecTracingCustomTags tag(SpanTag tag) {
        var rendered = TelemetrySpecTracingCustomTags.builder();
        if (tag.literal() != null) {
            rendered.literal(TelemetrySpecTracingCustomTagsLiteral.builder()
                    .value(tag.literal())
                    .build());
        } else if (tag.environment() != null) {
            rendered.environment(TelemetrySpecTracingCustomTagsEnvironment.builder()
                    .name(tag.environment())
                    .defaultValue(tag.defaultValue())
                    .build());
        } else {
            rendered.header(TelemetrySpecTracingCustomTagsHeader.builder()
                    .name(tag.header())
                    .defaultValue(tag.defaultValue())
                    .build());
        }
        return rendered.build();
    }

    private static @Nullable List<TelemetrySpecMetrics> metrics(List<Name> providers) {
        return providers.isEmpty()
                ? null
                : List.of(TelemetrySpecMetrics.builder()
                        .providers(providers.stream()
                                .map(name -> TelemetrySpecMetricsProviders.builder()
                                        .name(name.toString())
                                        .build())
                                .toList())
                        .build());
    }

    /**
     * All that one Telemetry resource says.
     *
     * @param tracing provider of spans; null: none are sent by this resource
     * @param sampling percent of requests
     */
    public record Props(
            Name name,
            Name namespace,
            List<Name> accessLogs,
            @Nullable Name tracing,
            double sampling,
            Map<String, SpanTag> tags,
            List<Name> metrics) {
        public Props {
            Require.present("name", name);
            Require.present("namespace", namespace);
            accessLogs = List.copyOf(accessLogs);
            tags = new TreeMap<>(tags);
            metrics = List.copyOf(metrics);
        }
    }
}
