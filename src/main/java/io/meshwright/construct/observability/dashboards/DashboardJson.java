package io.meshwright.construct.observability.dashboards;

import io.meshwright.construct.observability.text.Section;
import io.meshwright.value.telemetry.MonitoringParts;
import java.util.ArrayList;
import java.util.List;

/** A dashboard in Grafana's own format, with panels placed from left to right and from top to bottom. */
final class DashboardJson {
    // The format of Grafana 12; newer ones read it and convert.
    private static final int SCHEMA_VERSION = 41;
    private static final String TAG = "meshwright";

    private final List<Section> panels = new ArrayList<>();
    private int x;
    private int y;
    private int rowHeight;

    private final MonitoringParts parts;

    private DashboardJson(MonitoringParts parts) {
        this.parts = parts;
    }

    static Section of(Dashboard dashboard, MonitoringParts parts) {
        return Section.of("uid", dashboard.uid())
                .with("title", dashboard.title())
                .with("tags", List.of(TAG))
                .with("schemaVersion", SCHEMA_VERSION)
                .with("timezone", "browser")
                .with("editable", true)
                .with("graphTooltip", 1)
                .with("refresh", "1m")
                .with("time", Section.of("from", "now-1h").with("to", "now"))
                .with(
                        "links",
                        List.of(Section.of("type", "dashboards")
                                .with("title", "Dashboards")
                                .with("tags", List.of(TAG))
                                .with("asDropdown", true)
                                .with("keepTime", true)))
                .with(
                        "templating",
                        Section.of(
                                "list",
                                dashboard.variables().stream()
                                        .map(variable -> variable(variable, parts))
                                        .toList()))
                .with("panels", new DashboardJson(parts).placed(dashboard.rows()));
    }

    private static Section variable(Variable variable, MonitoringParts parts) {
        Section json = Section.of("name", variable.name()).with("label", variable.title());
        if (variable.follows()) {
            json.with("hide", 2);
        }
        return json.with("type", "query")
                .with("datasource", source(Source.PROMETHEUS, parts))
                .with("query", Section.of("query", variable.values()).with("refId", variable.name()))
                .with("refresh", 2)
                .with("sort", 1)
                .with("multi", false)
                .with("includeAll", false);
    }

    private List<Section> placed(List<Row> rows) {
        for (Row row : rows) {
            endLine();
            panels.add(Section.of("id", panels.size() + 1)
                    .with("type", "row")
                    .with("title", row.title())
                    .with("collapsed", false)
                    .with("gridPos", position(Panel.COLUMNS, 1))
                    .with("panels", List.of()));
            y++;
            row.panels().forEach(this::place);
        }
        return panels;
    }

    private void place(Panel panel) {
        if (x + panel.width() > Panel.COLUMNS) {
            endLine();
        }
        panels.add(PanelJson.of(
                panel, panels.size() + 1, position(panel.width(), panel.kind().height()), parts));
        x += panel.width();
        rowHeight = Math.max(rowHeight, panel.kind().height());
    }

    private void endLine() {
        x = 0;
        y += rowHeight;
        rowHeight = 0;
    }

    private Section position(int width, int height) {
        return Section.of("h", height).with("w", width).with("x", x).with("y", y);
    }

    static Section source(Source source, MonitoringParts parts) {
        return Section.of("type", source.type()).with("uid", source.uid(parts));
    }
}
