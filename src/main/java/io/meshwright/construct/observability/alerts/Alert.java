package io.meshwright.construct.observability.alerts;

import io.meshwright.value.Require;
import io.meshwright.value.telemetry.AlertSeverity;
import java.util.ArrayList;
import java.util.List;

/**
 * One alert: the rule that raises it and the page that says what it means and what to do, from one source.
 *
 * @param lasting how long the expression must hold first, as Prometheus writes durations
 * @param summary one line with values, in the template language of alerts
 * @param meaning what is broken, in words for whoever is woken by it
 * @param graph page below Grafana's address that draws it, with labels in the template language; empty: none
 */
public record Alert(
        String name,
        AlertSeverity severity,
        String lasting,
        String expression,
        String summary,
        String meaning,
        List<Look> looks,
        List<String> causes,
        List<String> actions,
        String graph) {
    public Alert {
        Require.notBlank("summary", summary);
        Require.notBlank("meaning", meaning);
        looks = List.copyOf(Require.notEmpty("looks", looks));
        causes = List.copyOf(Require.notEmpty("causes", causes));
        actions = List.copyOf(Require.notEmpty("actions", actions));
    }

    /** A query to run while looking into the alert, and what its answer says. */
    public record Look(String query, String says) {}

    static Draft critical(String name) {
        return new Draft(name, AlertSeverity.CRITICAL);
    }

    static Draft warning(String name) {
        return new Draft(name, AlertSeverity.WARNING);
    }

    /** Collects an alert's parts. */
    static final class Draft {
        private final String name;
        private final AlertSeverity severity;
        private String lasting = "";
        private String expression = "";
        private String summary = "";
        private String meaning = "";
        private final List<Look> looks = new ArrayList<>();
        private List<String> causes = List.of();
        private List<String> actions = List.of();
        private String graph = "";

        private Draft(String name, AlertSeverity severity) {
            this.name = name;
            this.severity = severity;
        }

        Draft when(String expression, String lasting) {
            this.expression = expression;
            this.lasting = lasting;
            return this;
        }

        Draft summary(String summary) {
            this.summary = summary;
            return this;
        }

        Draft meaning(String meaning) {
            this.meaning = meaning;
            return this;
        }

        Draft look(String query, String says) {
            looks.add(new Look(query, says));
            return this;
        }

        Draft graph(String page) {
            graph = page;
            return this;
        }

        Draft causes(String... causes) {
            this.causes = List.of(causes);
            return this;
        }

        Alert actions(String... actions) {
            this.actions = List.of(actions);
            return new Alert(
                    name, severity, lasting, expression, summary, meaning, looks, this.causes, this.actions, graph);
        }
    }
}
