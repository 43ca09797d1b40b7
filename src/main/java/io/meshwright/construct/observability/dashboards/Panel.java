package io.meshwright.construct.observability.dashboards;

import java.util.List;

/**
 * One panel.
 *
 * @param description what the reader should know that the title does not say; may be empty
 * @param width of the 24 columns of the page
 */
record Panel(String title, Kind kind, Unit unit, int width, String description, List<Query> queries) {
    static final int COLUMNS = 24;

    /** The drawing of a panel, with the rows of the page that it takes. */
    enum Kind {
        STAT("stat", 4),
        SERIES("timeseries", 8),
        TABLE("table", 9),
        LOGS("logs", 10);

        private final String grafana;
        private final int height;

        Kind(String grafana, int height) {
            this.grafana = grafana;
            this.height = height;
        }

        String grafana() {
            return grafana;
        }

        int height() {
            return height;
        }
    }

    /** One number, as of now. */
    static Panel stat(String title, Unit unit, String expression) {
        return new Panel(title, Kind.STAT, unit, 4, "", List.of(Query.metric(expression, "")));
    }

    /** Lines over time, half as wide as the page. */
    static Panel series(String title, Unit unit, Query... queries) {
        return new Panel(title, Kind.SERIES, unit, 12, "", List.of(queries));
    }

    /** A row per series as of now; several queries become columns, in their order, named by their legends. */
    static Panel table(String title, Unit unit, Query... queries) {
        return new Panel(title, Kind.TABLE, unit, COLUMNS, "", List.of(queries));
    }

    static Panel logs(String title, String expression) {
        return new Panel(title, Kind.LOGS, Unit.NUMBER, COLUMNS, "", List.of(Query.logs(expression)));
    }

    Panel wide(int columns) {
        return new Panel(title, kind, unit, columns, description, queries);
    }

    Panel saying(String sentence) {
        return new Panel(title, kind, unit, width, sentence, queries);
    }
}
