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

    static Query logs(String expression) {
        return new Query(Source.LOKI, expression.strip(), "");
    }
}
