package io.meshwright.construct.observability.alerts;

import io.meshwright.page.Markdown;

/** The page that an alert's {@code runbook_url} points at. */
public final class Runbook {
    private static final String PROMQL = "promql";

    private Runbook() {}

    /** Name of the page's file. */
    public static String file(Alert alert) {
        return "%s.md".formatted(alert.name());
    }

    /** The page as Markdown. */
    public static String page(Alert alert) {
        Markdown page = Markdown.titled(alert.name())
                .paragraph("Severity **%s**, after the condition has held for %s."
                        .formatted(alert.severity().label(), alert.lasting()))
                .heading("What it means")
                .paragraph(alert.meaning())
                .paragraph("It is raised when this has a result:")
                .code(PROMQL, alert.expression().lines().toList())
                .heading("Queries to run");
        alert.looks()
                .forEach(look -> page.paragraph(look.says())
                        .code(PROMQL, look.query().lines().toList()));
        return page.heading("Likely causes")
                .list('*', alert.causes())
                .heading("What to do")
                .steps(alert.actions())
                .toString();
    }
}
