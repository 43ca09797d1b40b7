package io.meshwright.construct.observability.traces;

import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.settings.ToolAddress;
import io.meshwright.construct.observability.text.ConfigText;
import io.meshwright.construct.observability.text.Section;
import io.meshwright.value.telemetry.InCluster;
import io.meshwright.value.telemetry.OtlpPorts;
import java.util.List;

/** Jaeger's configuration file: OTLP in, spans on the volume by Badger, pages below the tool's prefix. */
public final class JaegerConfig {
    /** Path in the pod of the file that {@link #text} gives. */
    public static final String FILE = "/etc/jaeger/jaeger.yaml";

    /** Mount path of the volume. */
    public static final String DATA = "/badger";

    /** OTLP over gRPC, from the collector. */
    public static final int OTLP_PORT = OtlpPorts.GRPC.value();

    /** Queries over gRPC, from Kiali. */
    public static final int QUERY_PORT = 16685;

    private static final String STORE = "badger";

    private JaegerConfig() {}

    /** Host and port to which spans are sent by OTLP over gRPC. */
    public static String otlpAddress(Settings settings) {
        return settings.parts().jaeger() instanceof InCluster existing
                ? "%s:%s".formatted(existing.host(), existing.port())
                : "%s:%d".formatted(settings.address(Tool.JAEGER).host(), OTLP_PORT);
    }

    /** Every endpoint names its address: a configuration of one's own listens on localhost otherwise. */
    public static String text(Settings settings) {
        return ConfigText.yaml(Section.of(
                        "receivers",
                        Section.of("otlp", Section.of("protocols", Section.of("grpc", endpoint(OTLP_PORT)))))
                .with("processors", Section.of("batch", Section.empty()))
                .with("exporters", Section.of("jaeger_storage_exporter", Section.of("trace_storage", STORE)))
                .with("extensions", extensions(settings))
                .with(
                        "service",
                        Section.of("extensions", List.of("jaeger_storage", "jaeger_query", "healthcheckv2"))
                                .with("telemetry", telemetry(settings))
                                .with(
                                        "pipelines",
                                        Section.of(
                                                "traces",
                                                Section.of("receivers", List.of("otlp"))
                                                        .with("processors", List.of("batch"))
                                                        .with("exporters", List.of("jaeger_storage_exporter"))))));
    }

    private static Section extensions(Settings settings) {
        ToolAddress address = settings.address(Tool.JAEGER);
        return Section.of(
                        "jaeger_storage",
                        Section.of("backends", Section.of(STORE, Section.of("badger", badger(settings)))))
                .with(
                        "jaeger_query",
                        Section.of("base_path", address.root())
                                .with("storage", Section.of("traces", STORE))
                                .with("http", endpoint(Tool.JAEGER.port()))
                                .with("grpc", endpoint(QUERY_PORT)))
                .with(
                        "healthcheckv2",
                        Section.of("use_v2", true)
                                .with("http", endpoint(address.readiness().port())));
    }

    /**
     * Sub-folders, because a fresh volume's own folder cannot be given the mode that Badger asks for by a plain user.
     */
    private static Section badger(Settings settings) {
        return Section.of(
                        "directories",
                        Section.of("keys", "%s/keys".formatted(DATA)).with("values", "%s/values".formatted(DATA)))
                // The default is true: spans in a folder that ends with the pod (incident I5).
                .with("ephemeral", false)
                .with(
                        "ttl",
                        Section.of(
                                "spans",
                                "%dh".formatted(settings.kept().traces().hours())));
    }

    private static Section telemetry(Settings settings) {
        int port = settings.address(Tool.JAEGER).metrics().port();
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
                                                                .with("port", port)))))));
    }

    private static Section endpoint(int port) {
        return Section.of("endpoint", "0.0.0.0:%d".formatted(port));
    }
}
