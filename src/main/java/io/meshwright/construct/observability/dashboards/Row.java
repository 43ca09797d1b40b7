package io.meshwright.construct.observability.dashboards;

import java.util.List;

/** Panels that belong together, below one heading. */
record Row(String title, List<Panel> panels) {
    static Row of(String title, Panel... panels) {
        return new Row(title, List.of(panels));
    }

    Row without(Source source) {
        return new Row(
                title,
                panels.stream()
                        .filter(panel -> panel.queries().stream().noneMatch(query -> query.source() == source))
                        .toList());
    }
}
