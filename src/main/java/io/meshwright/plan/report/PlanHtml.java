package io.meshwright.plan.report;

import io.meshwright.page.Html;
import io.meshwright.plan.Plan;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.Section;
import io.meshwright.plan.object.ObjectChange;

/**
 * Plans as one HTML file that needs nothing else: no script, no network, which its own policy forbids. Every text that
 * comes from a manifest is escaped.
 */
public final class PlanHtml {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Plan</title>
            <style>
            :root { color-scheme: light dark; --line: #8884; --soft: #8882; }
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
            code { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
            h2 { border-bottom: 1px solid var(--line); margin-top: 2.5rem; }
            ul { list-style: none; padding: 0; }
            li { border-left: .3rem solid var(--line); padding: .3rem .8rem; margin: .4rem 0; background: var(--soft); }
            li.dangerous { border-color: #d1242f; }
            li.review { border-color: #bf8700; }
            li.low { border-color: #1a7f37; }
            .risk { display: inline-block; min-width: 6.5rem; font-weight: 600; }
            .reason { display: block; margin-left: 6.5rem; opacity: .8; }
            summary { cursor: pointer; }
            @media print { details > * { display: block; } li { break-inside: avoid; } }
            </style>
            </head>
            <body>
            """;

    private final StringBuilder text = new StringBuilder(HEAD);
    private final PlanReport report;

    private PlanHtml(PlanReport report) {
        this.report = report;
    }

    /** The whole file. */
    public static String of(PlanReport report) {
        return new PlanHtml(report).page();
    }

    private String page() {
        text.append("<h1>Plan: risk %s</h1>\n".formatted(report.risk().word()));
        text.append("<p>From <code>%s</code> to <code>%s</code>.</p>\n"
                .formatted(Html.escaped(report.base()), Html.escaped(report.head())));
        report.notes().forEach(note -> text.append("<p>%s</p>\n".formatted(Html.escaped(note))));
        report.plans().forEach(this::plan);
        return text.append("</body>\n</html>\n").toString();
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
        plan.objects().forEach(this::object);
        text.append("</ul>\n</details>\n");
    }

    private void section(Section section, Plan plan) {
        if (!plan.of(section).isEmpty()) {
            text.append("<h3>%s</h3>\n<ul>\n".formatted(section.title()));
            plan.of(section).forEach(this::change);
            text.append("</ul>\n");
        }
        String asked = section == Section.REQUESTS ? PlanText.asked(plan.requests()) : "";
        if (!asked.isEmpty()) {
            text.append("<p>%s</p>\n".formatted(Html.escaped(asked)));
        }
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

    private void object(ObjectChange object) {
        text.append("<li><span class=\"risk\">%s</span> <code>%s</code>"
                .formatted(ObjectLines.word(object), Html.escaped(object.id().toString())));
        ObjectLines.details(object).forEach(this::reason);
        text.append("</li>\n");
    }

    private void reason(String reason) {
        text.append("<code class=\"reason\">%s</code>".formatted(Html.escaped(reason)));
    }
}
