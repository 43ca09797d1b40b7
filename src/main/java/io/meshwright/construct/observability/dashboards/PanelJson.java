package io.meshwright.construct.observability.dashboards;

import io.meshwright.construct.observability.text.Section;
import io.meshwright.value.telemetry.MonitoringParts;
import java.util.ArrayList;
import java.util.List;

/** A panel in Grafana's own format. */
final class PanelJson {
    private PanelJson() {}

    static Section of(Panel panel, int id, Section position, MonitoringParts parts) {
        Section json = Section.of("id", id)
                .with("type", panel.kind().grafana())
                .with("title", panel.title())
                .with("datasource", DashboardJson.source(panel.queries().get(0).source(), parts))
                .with("gridPos", position);
        if (!panel.description().isEmpty()) {
            json.with("description", panel.description());
        }
        json.with("fieldConfig", fields(panel))
                .with("options", options(panel.kind()))
                .with("targets", targets(panel, parts));
        if (panel.kind() == Panel.Kind.TABLE) {
            json.with("transformations", oneRowPerSeries(panel));
        }
        return json;
    }

    private static Section fields(Panel panel) {
        Section defaults = Section.of("unit", panel.unit().grafana());
        if (panel.kind() == Panel.Kind.SERIES) {
            defaults.with(
                    "custom", Section.of("lineWidth", 1).with("fillOpacity", 10).with("showPoints", "never"));
        }
        return Section.of("defaults", defaults).with("overrides", List.of());
    }

    private static Section options(Panel.Kind kind) {
        return switch (kind) {
            case STAT ->
                Section.of("reduceOptions", Section.of("calcs", List.of("lastNotNull")))
                        .with("colorMode", "none")
                        .with("graphMode", "area");
            case SERIES ->
                Section.of("legend", Section.of("displayMode", "list").with("placement", "bottom"))
                        .with("tooltip", Section.of("mode", "multi").with("sort", "desc"));
            case TABLE -> Section.of("showHeader", true);
            case LOGS ->
                Section.of("showTime", true)
                        .with("wrapLogMessage", true)
                        .with("sortOrder", "Descending")
                        .with("enableLogDetails", true);
        };
    }

    private static List<Section> targets(Panel panel, MonitoringParts parts) {
        List<Section> targets = new ArrayList<>();
        for (Query query : panel.queries()) {
            Section target = Section.of("refId", refId(targets.size()))
                    .with("datasource", DashboardJson.source(query.source(), parts))
                    .with("expr", query.expression());
            if (!query.legend().isEmpty()) {
                target.with("legendFormat", query.legend());
            }
            if (panel.kind() == Panel.Kind.TABLE) {
                target.with("instant", true).with("format", "table");
            }
            if (query.asksForPatterns()) {
                target.with("queryType", "range").with("supportingQueryType", "grafana-lokiexplore-app");
            }
            targets.add(target);
        }
        return targets;
    }

    /** Joins the queries by their labels and names each column of values by its query's legend. */
    private static List<Section> oneRowPerSeries(Panel panel) {
        Section names = Section.empty();
        for (int query = 0; query < panel.queries().size(); query++) {
            String column = panel.queries().size() == 1 ? "Value" : "Value #%s".formatted(refId(query));
            names.with(column, panel.queries().get(query).legend());
        }
        return List.of(
                Section.of("id", "merge").with("options", Section.empty()),
                Section.of("id", "organize")
                        .with(
                                "options",
                                Section.of("excludeByName", Section.of("Time", true))
                                        .with("renameByName", names)));
    }

    private static String refId(int index) {
        return Character.toString('A' + index);
    }
}
