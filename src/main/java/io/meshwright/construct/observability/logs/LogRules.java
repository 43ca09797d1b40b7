package io.meshwright.construct.observability.logs;

import io.meshwright.construct.observability.metrics.LogSeries;
import io.meshwright.construct.observability.settings.LoggingService;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.text.ConfigText;
import io.meshwright.construct.observability.text.Section;
import io.meshwright.value.Name;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Rules that Loki computes by itself every minute, and the address to which it sends the results. */
public final class LogRules {
    /** Mount path of the rule files; Loki without tenants looks in the folder of the one that it calls {@code fake}. */
    public static final String FOLDER = "/etc/loki-rules/fake";

    private static final String ROOT = "/etc/loki-rules";

    private LogRules() {}

    /** Rule files by file name; none: Loki computes nothing. */
    public static SortedMap<String, String> files(Settings settings) {
        SortedMap<String, String> files = new TreeMap<>();
        if (settings.aiOps().warnsOfServices()) {
            files.put("log-lines.yaml", lines(settings.aiOps().counted()));
        }
        settings.aiOps().logs().alerts().ifPresent(alerts -> files.put("log-messages.yaml", MessageRules.text(alerts)));
        if (settings.recordsStreams()) {
            files.put("log-streams.yaml", StreamLines.text(settings));
        }
        return files;
    }

    private static String lines(Collection<LoggingService> services) {
        return ConfigText.yaml(Section.of(
                "groups",
                List.of(Section.of("name", "log-lines")
                        .with("interval", "1m")
                        .with("rules", services.stream().map(LogRules::lines).toList()))));
    }

    private static Section lines(LoggingService service) {
        return Section.of("record", LogSeries.LINES)
                .with("expr", "sum(rate(%s[5m]))".formatted(ownLines(service)))
                .with("labels", labels(service));
    }

    /** Selects the application's own lines; those of its sidecar are as many as its requests. */
    static String ownLines(LoggingService service) {
        return "{%s=\"%s\",%s=\"%s\",%s=\"%s\",%s!=\"istio-proxy\"}"
                .formatted(
                        LogLabels.NAMESPACE,
                        service.namespace(),
                        LogLabels.APP,
                        service.app(),
                        LogLabels.TYPE,
                        LogLabels.APPLICATION,
                        LogLabels.CONTAINER);
    }

    /** The service by the labels of Istio's metrics. */
    static Section labels(LoggingService service) {
        return labels(service.namespace(), service.name());
    }

    static Section labels(Name namespace, Name service) {
        return Section.of("destination_service_namespace", namespace.toString())
                .with("destination_service_name", service.toString());
    }

    /** Loki's ruler: what it records goes to Prometheus, what it raises to Alertmanager. */
    static Section ruler(Settings settings) {
        return Section.of("storage", Section.of("type", "local").with("local", Section.of("directory", ROOT)))
                .with("rule_path", "%s/ruler".formatted(LokiConfig.DATA))
                .with("wal", Section.of("dir", "%s/ruler-wal".formatted(LokiConfig.DATA)))
                .with("enable_api", true)
                .with("alertmanager_url", settings.address(Tool.ALERTMANAGER).inClusterUrl())
                .with(
                        "external_labels",
                        Section.of("cluster", settings.environment().value()))
                .with(
                        "remote_write",
                        Section.of("enabled", true)
                                .with(
                                        "clients",
                                        Section.of(
                                                "prometheus",
                                                Section.of(
                                                        "url",
                                                        "%s/api/v1/write"
                                                                .formatted(settings.address(Tool.PROMETHEUS)
                                                                        .inClusterUrl())))));
    }
}
