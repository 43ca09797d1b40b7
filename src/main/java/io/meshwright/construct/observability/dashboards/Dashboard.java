package io.meshwright.construct.observability.dashboards;

import io.meshwright.construct.observability.text.ConfigText;
import io.meshwright.value.telemetry.MonitoringParts;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One dashboard.
 *
 * @param uid fixed, so that links survive: also the name of its file
 * @param linkedFromKiali whether Kiali looks for it by its title
 */
public record Dashboard(String uid, String title, boolean linkedFromKiali, List<Variable> variables, List<Row> rows) {
    public Dashboard {
        variables = List.copyOf(variables);
        rows = List.copyOf(rows);
    }

    static Dashboard own(String uid, String title, List<Variable> variables, Row... rows) {
        return new Dashboard(uid, title, false, variables, List.of(rows));
    }

    static Dashboard kialis(String uid, String title, List<Variable> variables, Row... rows) {
        return new Dashboard(uid, title, true, variables, List.of(rows));
    }

    /** Name of the file that Grafana loads. */
    public String file() {
        return "%s.json".formatted(uid);
    }

    /** The file, for a Grafana with the data sources of these parts. */
    public String json(MonitoringParts parts) {
        return ConfigText.json(DashboardJson.of(this, parts));
    }

    /** The same without the panels of a store that nobody has, and without the rows that then have none. */
    Dashboard without(Source source) {
        return rows(rows.stream()
                .map(row -> row.without(source))
                .filter(row -> !row.panels().isEmpty())
                .toList());
    }

    /** The same with the rows that are wanted. */
    Dashboard keeping(Predicate<Row> wanted) {
        return rows(rows.stream().filter(wanted).toList());
    }

    private Dashboard rows(List<Row> kept) {
        return new Dashboard(uid, title, linkedFromKiali, variables, kept);
    }

    /** The link by which Kiali finds it, if it looks for it. */
    public Optional<KialiLink> kiali() {
        return linkedFromKiali
                ? Optional.of(KialiLink.of(
                        title,
                        variables.stream()
                                .filter(variable -> !variable.follows())
                                .map(Variable::name)
                                .toList()))
                : Optional.empty();
    }

    List<Query> queries() {
        return rows.stream()
                .flatMap(row -> row.panels().stream())
                .flatMap(panel -> panel.queries().stream())
                .toList();
    }
}
