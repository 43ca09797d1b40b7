package io.meshwright.plan.report;

import io.meshwright.plan.Plan;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.Risk;
import io.meshwright.plan.change.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans as Markdown for a comment of a pull request. Every text that comes from a manifest stands in a code span, where
 * no mention, link, image or HTML of it works.
 */
public final class PlanMarkdown {
    /** GitHub takes 65,536 characters; the rest is for what a workflow writes around it. */
    static final int LARGEST = 60_000;

    private static final int REASONS = 6;

    private final StringBuilder text = new StringBuilder();
    private boolean full;

    private PlanMarkdown() {}

    /** At most {@value #LARGEST} characters; what does not fit is said to be missing. */
    public static String of(PlanReport report) {
        PlanMarkdown page = new PlanMarkdown();
        page.line("## Plan: risk %s".formatted(report.risk().word()));
        page.line("");
        page.line("From %s to %s.".formatted(code(report.base()), code(report.head())));
        report.notes().forEach(note -> page.line("\n%s".formatted(code(note))));
        report.plans().forEach(plan -> page.plan(plan, report));
        if (page.full) {
            page.text.append("\nMore does not fit into a comment; the whole plan is in the artefact of this run.\n");
        }
        return page.text.toString();
    }

    private void plan(Plan plan, PlanReport report) {
        String name = plan.environment().isEmpty() ? "" : "%s: ".formatted(code(plan.environment()));
        line("");
        if (plan.isEmpty()) {
            line("### %s%s".formatted(name, PlanReport.unchanged(plan)));
            return;
        }
        line("### %s%s, risk %s"
                .formatted(name, PlanReport.counts(plan), plan.risk().word()));
        for (Section section : Section.values()) {
            section(section, plan, report);
        }
        objects(plan);
    }

    private void section(Section section, Plan plan, PlanReport report) {
        List<Change> changes = plan.of(section);
        List<String> besides = PlanText.besides(section, plan);
        if (!changes.isEmpty() || section == Section.FINDINGS && !besides.isEmpty()) {
            line("");
            line("#### %s".formatted(section.title()));
            line("");
            changes.forEach(change -> change(change, report));
        }
        besides.forEach(each -> line("\n%s".formatted(code(each))));
    }

    private void change(Change change, PlanReport report) {
        String accepted = report.acceptances()
                .by(change)
                .map(by -> " — accepted by %s".formatted(code(by)))
                .orElse("");
        String risk = change.risk().isAtLeast(Risk.REVIEW)
                ? "**%s**".formatted(change.risk().word())
                : change.risk().word();
        List<String> entry = new ArrayList<>();
        entry.add("- %s %s %s: %s%s"
                .formatted(risk, change.rule().code(), code(change.subject()), code(change.sentence()), accepted));
        change.reasons().stream().limit(REASONS).forEach(reason -> entry.add("  - %s".formatted(code(reason))));
        if (change.reasons().size() > REASONS) {
            entry.add("  - and %d more".formatted(change.reasons().size() - REASONS));
        }
        line(String.join("\n", entry));
    }

    private void objects(Plan plan) {
        line("");
        line("<details><summary>Objects</summary>");
        line("");
        ObjectLines.entries(plan.objects()).forEach(object -> {
            List<String> entry = new ArrayList<>();
            entry.add("- %s %s".formatted(object.word(), code(object.subject())));
            object.details().forEach(detail -> entry.add("  - %s".formatted(code(detail.strip()))));
            line(String.join("\n", entry));
        });
        closing();
    }

    /** Always closed, whether what stands between has fitted or not. */
    private void closing() {
        text.append("\n</details>\n");
    }

    private void line(String line) {
        full = full || text.length() + line.length() > LARGEST - 200;
        if (!full) {
            text.append(line).append('\n');
        }
    }

    /** One line of plain text that Markdown shows as it is. */
    static String code(String plain) {
        String line = PlanReport.line(plain)
                .replaceAll("\\s+", " ")
                .replace('`', '\'')
                .strip();
        return line.isEmpty() ? "" : "`%s`".formatted(line);
    }
}
