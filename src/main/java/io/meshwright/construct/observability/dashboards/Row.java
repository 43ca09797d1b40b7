package io.meshwright.construct.observability.dashboards;

import java.util.List;

/** Panels that belong together, below one heading. */
record Row(String title, List<Panel> panels) {
    static Row of(String title, Panel... panels) {
        return new Row(title, List.of(panels));
    }
}
