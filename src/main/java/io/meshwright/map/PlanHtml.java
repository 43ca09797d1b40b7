package io.meshwright.map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.page.Html;
import io.meshwright.plan.Plan;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.Section;
import io.meshwright.plan.report.ObjectLines;
import io.meshwright.plan.report.PlanReport;
import io.meshwright.plan.report.PlanText;
import java.util.List;

/**
 * Plans as one HTML file that needs nothing else: the map of both sides, where something differs, and all sentences
 * below it. No network, which its own policy forbids; every text that comes from a manifest is escaped.
 */
public final class PlanHtml {
    private final StringBuilder text = new StringBuilder();
    private final PlanReport report;

    private PlanHtml(PlanReport report) {
        this.report = report;
    }

    /** The whole file. */
    public static String of(PlanReport report) {
        return new PlanHtml(report).page();
    }

    private String page() {
        text.append("<p>From <code>%s</code> to <code>%s</code>.</p>\n"
                .formatted(Html.escaped(report.base()), Html.escaped(report.head())));
        report.notes().forEach(note -> text.append("<p>%s</p>\n".formatted(Html.escaped(note))));
        report.plans().forEach(this::plan);
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode maps = data.putArray("maps");
        report.plans().stream()
                .filter(plan -> !plan.isEmpty())
                .forEach(plan -> plan.sides().ifPresent(sides -> maps.add(ChangedMap.of(plan, sides))));
        String title = "Plan: risk %s".formatted(report.risk().word());
        String sort = maps.isEmpty() ? "plan bare" : "plan";
        return new MapTemplate(title, "<h1>%s</h1>".formatted(title), sort, text.toString()).filled(data);
    }

    private void plan(Plan plan) {
        String name = plan.environment().isEmpty() ? "" : "%s: ".formatted(Html.escaped(plan.environment()));
        if (plan.isEmpty()) {
            text.append("<h2>%s%s</h2>\n".formatted(name, PlanReport.unchanged(plan)));
            return;
        }
        text.append("<h2>%s%s, risk %s</h2>\n"
                .formatted(name, PlanReport.counts(plan), plan.risk().word()));
        for (Section section : Section.values()) {
            section(section, plan);
        }
        text.append("<details>\n<summary>Objects</summary>\n<ul>\n");
        ObjectLines.entries(plan.objects()).forEach(this::object);
        text.append("</ul>\n</details>\n");
    }

    private void section(Section section, Plan plan) {
        List<String> besides = PlanText.besides(section, plan);
        if (!plan.of(section).isEmpty() || section == Section.FINDINGS && !besides.isEmpty()) {
            text.append("<h3>%s</h3>\n<ul>\n".formatted(section.title()));
            plan.of(section).forEach(this::change);
            text.append("</ul>\n");
        }
        besides.forEach(each -> text.append("<p>%s</p>\n".formatted(Html.escaped(each))));
    }

    private void change(Change change) {
        text.append("<li class=\"%1$s\"><span class=\"risk\">%1$s</span> %2$s <code>%3$s</code>: %4$s"
                .formatted(
                        change.risk().word(),
                        change.rule().code(),
                        Html.escaped(change.subject()),
                        Html.escaped(change.sentence())));
        report.acceptances()
                .by(change)
                .ifPresent(by -> text.append(" <em>accepted by %s</em>".formatted(Html.escaped(by))));
        change.reasons().forEach(this::reason);
        text.append("</li>\n");
    }

    private void object(ObjectLines.Entry object) {
        text.append("<li><span class=\"risk\">%s</span> <code>%s</code>"
                .formatted(object.word(), Html.escaped(object.subject())));
        object.details().forEach(this::reason);
        text.append("</li>\n");
    }

    private void reason(String reason) {
        text.append("<code class=\"reason\">%s</code>".formatted(Html.escaped(reason)));
    }
}
