package io.meshwright.construct.observability.dashboards;

import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.settings.ToolAddress;
import io.meshwright.construct.observability.text.ConfigText;
import io.meshwright.construct.observability.text.Section;
import io.meshwright.value.telemetry.GrafanaPart;
import io.meshwright.value.telemetry.LokiPart;
import io.meshwright.value.telemetry.MonitoringParts;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Grafana's environment variables and provisioning files: its address, its data sources, where its dashboards lie. */
public final class GrafanaConfig {
    /** Mount path of the volume; the database is {@code grafana.db} in it. */
    public static final String DATA = "/var/lib/grafana";

    /** Path in the pod of the folders {@code datasources} and {@code dashboards} with the files below. */
    public static final String PROVISIONING = "/etc/grafana/provisioning";

    /** Path in the pod of the dashboards. */
    public static final String DASHBOARDS = "/etc/grafana/dashboards";

    /** The administrator's name; the password is a Secret. */
    public static final String ADMIN = "admin";

    private GrafanaConfig() {}

    /** Environment variables that are no secret; the administrator's password is added from a Secret. */
    public static SortedMap<String, String> environment(Settings settings) {
        ToolAddress address = settings.address(Tool.GRAFANA);
        SortedMap<String, String> variables = new TreeMap<>();
        variables.put("GF_SERVER_ROOT_URL", "%s/".formatted(address.url()));
        variables.put(
                "GF_SERVER_SERVE_FROM_SUB_PATH",
                Boolean.toString(!address.prefix().isEmpty()));
        address.exposure()
                .ifPresent(exposure ->
                        variables.put("GF_SERVER_DOMAIN", exposure.host().value()));
        variables.put("GF_SECURITY_ADMIN_USER", ADMIN);
        if (address.scheme().equals("https") && address.isExposed()) {
            variables.put("GF_SECURITY_COOKIE_SECURE", "true");
        }
        variables.put("GF_USERS_ALLOW_SIGN_UP", "false");
        variables.put("GF_AUTH_ANONYMOUS_ENABLED", "false");
        // The root file system is read-only: logs go to the container's output, and nothing replaces the bundled data
        // sources, which would vanish (grafana/grafana#131490).
        variables.put("GF_LOG_MODE", "console");
        variables.put("GF_PLUGINS_PREINSTALL_DISABLED", "true");
        variables.put("GF_PLUGINS_PREINSTALL_AUTO_UPDATE", "false");
        for (String call : List.of("REPORTING_ENABLED", "CHECK_FOR_UPDATES", "CHECK_FOR_PLUGIN_UPDATES")) {
            variables.put("GF_ANALYTICS_%s".formatted(call), "false");
        }
        variables.put("GF_NEWS_NEWS_FEED_ENABLED", "false");
        return variables;
    }

    /**
     * {@code datasources/meshwright.yaml}: a trace leads to its log lines, and a log line to its trace. A Grafana of
     * others has data sources of its own for what others run, and is given those for what is ours.
     */
    public static String dataSources(Settings settings) {
        MonitoringParts parts = settings.parts();
        List<Section> sources = new ArrayList<>();
        if (parts.runsPrometheus() || parts.runsGrafana()) {
            sources.add(prometheus(settings));
        }
        if (parts.runsLoki() || parts.runsGrafana() && parts.hasLogs()) {
            sources.add(loki(settings));
        }
        if (parts.runsJaeger()) {
            sources.add(jaeger(settings));
        }
        return ConfigText.yaml(Section.of("apiVersion", 1).with("datasources", sources));
    }

    private static Section prometheus(Settings settings) {
        Section prometheus = source(Source.PROMETHEUS, "Prometheus", settings);
        if (settings.parts().runsGrafana()) {
            prometheus.with("isDefault", true);
        }
        return prometheus.with("jsonData", Section.of("httpMethod", "POST").with("timeInterval", "30s"));
    }

    private static Section loki(Settings settings) {
        Section data = Section.empty();
        Section loki = source(Source.LOKI, "Loki", settings);
        if (settings.parts().hasTraces()) {
            String traces = settings.parts().dataSource(GrafanaPart.Source.JAEGER);
            if (settings.parts().runsJaeger()
                    || settings.parts().existingGrafana().isPresent()) {
                data.with(
                        "derivedFields",
                        List.of(
                                traceOfLine("label", "trace_id", traces),
                                // Spring Boot, Envoy and most libraries write the identifier after one of these
                                // words.
                                traceOfLine("regex", "(?i)trace_?id[\"']?[:= ]+[\"']?([0-9a-f]{32})", traces)));
            }
        }
        if (settings.parts().loki() instanceof LokiPart.Existing existing && existing.tenant() != null) {
            return loki.with("jsonData", data.with("httpHeaderName1", "X-Scope-OrgID"))
                    .with("secureJsonData", Section.of("httpHeaderValue1", existing.tenant()));
        }
        return loki.with("jsonData", data);
    }

    private static Section jaeger(Settings settings) {
        Section data = Section.of("nodeGraph", Section.of("enabled", true));
        return source(Source.JAEGER, "Jaeger", settings)
                .with(
                        "jsonData",
                        settings.parts().hasLogs() ? data.with("tracesToLogsV2", linesOfTrace(settings)) : data);
    }

    /**
     * {@code dashboards/meshwright.yaml}: the folder from which dashboards are read, and where changes to them do not
     * last.
     */
    public static String dashboardProvider() {
        return ConfigText.yaml(Section.of("apiVersion", 1)
                .with(
                        "providers",
                        List.of(Section.of("name", "meshwright")
                                .with("orgId", 1)
                                .with("folder", "Meshwright")
                                .with("type", "file")
                                .with("disableDeletion", true)
                                .with("allowUiUpdates", false)
                                .with("options", Section.of("path", DASHBOARDS)))));
    }

    private static Section source(Source source, String name, Settings settings) {
        return Section.of("name", name)
                .with("uid", source.uid(settings.parts()))
                .with("type", source.type())
                .with("access", "proxy")
                .with("url", settings.address(source.tool()).inClusterUrl())
                .with("editable", false);
    }

    /** A dollar sign is written twice, because Grafana expands environment variables in these files. */
    private static Section traceOfLine(String matcher, String expression, String traces) {
        return Section.of("name", matcher.equals("label") ? "Trace" : "Trace in text")
                .with("matcherType", matcher)
                .with("matcherRegex", expression)
                .with("datasourceUid", traces)
                .with("url", "$${__value.raw}");
    }

    /** A line names its trace in its text, or beside it, as Envoy's lines do that arrive by OTLP. */
    private static Section linesOfTrace(Settings settings) {
        return Section.of("datasourceUid", Source.LOKI.uid(settings.parts()))
                .with("spanStartTimeShift", "-5m")
                .with("spanEndTimeShift", "5m")
                .with("customQuery", true)
                .with("query", """
            {namespace=~".+"} | label_format in_text=`{{ contains "$${__trace.traceId}" __line__ }}` \
            | in_text="true" or trace_id="$${__trace.traceId}\"""");
    }
}
