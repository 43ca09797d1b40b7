package io.meshwright.construct.observability.dashboards;

/**
 * One query of a panel.
 *
 * @param legend what a series is called, with labels as {@code {{app}}}; empty: Grafana's own name
 */
record Query(Source source, String expression, String legend) {
    static Query metric(String expression, String legend) {
        return new Query(Source.PROMETHEUS, expression.strip(), legend);
    }

    /** Lines that Loki's pattern ingester wrote. */
    static Query patterns(String expression, String legend) {
        return new Query(Source.LOKI, expression.strip(), legend);
    }

    /**
     * True if it reads what the pattern ingester wrote: Loki answers that to Grafana's page for logs alone, which names
     * itself in the query (validation.go of Loki 3.7, api.go of Grafana's data source).
     */
    boolean asksForPatterns() {
        return expression.contains("{__pattern__=");
    }

    /** The same under a name of its own. */
    Query called(String name) {
        return new Query(source, expression, name);
    }

    static Query logs(String expression) {
        return new Query(Source.LOKI, expression.strip(), "");
    }
}
