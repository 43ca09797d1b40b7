package io.meshwright.construct.observability.alerts;

import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.text.ConfigText;
import io.meshwright.construct.observability.text.Section;
import java.util.List;

/** Alerts about one part of the platform; they are evaluated together and become one rule file. */
public record AlertGroup(String name, List<Alert> alerts) {
    public AlertGroup {
        alerts = List.copyOf(alerts);
    }

    /** The rule file. */
    public String text(Settings settings) {
        return ConfigText.yaml(Section.of(
                "groups",
                List.of(Section.of("name", name)
                        .with(
                                "rules",
                                alerts.stream()
                                        .map(alert -> rule(alert, settings))
                                        .toList()))));
    }

    private static Section rule(Alert alert, Settings settings) {
        return Section.of("alert", alert.name())
                .with("expr", alert.expression())
                .with("for", alert.lasting())
                .with("labels", Section.of("severity", alert.severity().label()))
                .with("annotations", annotations(alert, settings));
    }

    private static Section annotations(Alert alert, Settings settings) {
        Section annotations = Section.of("summary", alert.summary())
                .with("description", alert.meaning())
                .with("runbook_url", "%s/%s".formatted(settings.runbooks(), Runbook.file(alert)));
        return alert.graph().isEmpty() || !settings.parts().hasDashboards()
                ? annotations
                : annotations.with(
                        "graph_url",
                        "%s/%s".formatted(settings.address(Tool.GRAFANA).url(), alert.graph()));
    }
}
