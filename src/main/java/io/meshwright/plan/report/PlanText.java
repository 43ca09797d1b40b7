package io.meshwright.plan.report;

import io.meshwright.plan.Acceptances;
import io.meshwright.plan.Plan;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.Section;
import io.meshwright.plan.object.ObjectChange;
import io.meshwright.plan.request.RequestChanges;
import java.util.ArrayList;
import java.util.List;

/** Plans as text for a terminal. */
public final class PlanText {
    private final List<String> lines = new ArrayList<>();
    private final Acceptances acceptances;

    private PlanText(Acceptances acceptances) {
        this.acceptances = acceptances;
    }

    public static List<String> of(PlanReport report) {
        PlanText text = new PlanText(report.acceptances());
        report.notes().forEach(text.lines::add);
        report.plans().forEach(text::plan);
        text.lines.add("risk: %s".formatted(report.risk().word()));
        return text.lines.stream().map(PlanReport::line).toList();
    }

    private void plan(Plan plan) {
        String name = plan.environment().isEmpty() ? "plan" : plan.environment();
        if (plan.isEmpty()) {
            lines.add("%s: %s".formatted(name, PlanReport.unchanged(plan)));
            return;
        }
        lines.add("%s: %s, risk %s"
                .formatted(name, PlanReport.counts(plan), plan.risk().word()));
        objects(plan.objects());
        for (Section section : Section.values()) {
            section(section, plan);
        }
        lines.add("");
    }

    private void objects(List<ObjectChange> objects) {
        if (!objects.isEmpty()) {
            lines.add("");
            lines.add("  Objects");
        }
        for (ObjectLines.Entry entry : ObjectLines.entries(objects)) {
            lines.add("  %s %s".formatted(entry.sign(), entry.subject()));
            entry.details().forEach(detail -> lines.add("      %s".formatted(detail)));
        }
    }

    private void section(Section section, Plan plan) {
        List<Change> changes = plan.of(section);
        List<String> besides = besides(section, plan);
        if (changes.isEmpty() && besides.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("  %s".formatted(section.title()));
        for (Change change : changes) {
            String accepted =
                    acceptances.by(change).map(" (accepted by %s)"::formatted).orElse("");
            lines.add("  %-9s %s %s: %s%s"
                    .formatted(
                            change.risk().word(), change.rule().code(), change.subject(), change.sentence(), accepted));
            change.reasons().forEach(reason -> lines.add("            %s".formatted(reason)));
        }
        besides.forEach(line -> lines.add("  %s".formatted(line)));
    }

    /** Lines about a section besides its changes: what both sides have in common. */
    public static List<String> besides(Section section, Plan plan) {
        if (section == Section.FINDINGS) {
            return PlanReport.asBefore(plan);
        }
        String asked = section == Section.REQUESTS ? asked(plan.requests()) : "";
        return asked.isEmpty() ? List.of() : List.of(asked);
    }

    /** Returns how many end alike, and what was not asked. */
    static String asked(RequestChanges requests) {
        List<String> parts = new ArrayList<>();
        if (requests.equal() > 0) {
            parts.add(
                    requests.equal() == 1
                            ? "1 request ends as before"
                            : "%d requests end as before".formatted(requests.equal()));
        }
        if (requests.left() > 0) {
            parts.add("%d that no change concerns were not asked".formatted(requests.left()));
        }
        if (!requests.unaskable().isEmpty()) {
            parts.add("no request could be made up for %d matches, such as %s"
                    .formatted(requests.unaskable().size(), requests.unaskable().get(0)));
        }
        return String.join("; ", parts);
    }
}
