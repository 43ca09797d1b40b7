package io.meshwright.construct.observability.alerts;

/** The page that an alert's {@code runbook_url} points at. */
public final class Runbook {
    private Runbook() {}

    /** Name of the page's file. */
    public static String file(Alert alert) {
        return "%s.md".formatted(alert.name());
    }

    /** The page as Markdown. */
    public static String page(Alert alert) {
        StringBuilder page = new StringBuilder();
        page.append("# %s\n\n".formatted(alert.name()));
        page.append("Severity **%s**, after the condition has held for %s.\n\n"
                .formatted(alert.severity().label(), alert.lasting()));
        page.append("## What it means\n\n%s\n\n".formatted(alert.meaning()));
        page.append("It is raised when this has a result:\n\n%s\n".formatted(promql(alert.expression())));
        page.append("## Queries to run\n\n");
        alert.looks().forEach(look -> page.append("%s\n\n%s\n".formatted(look.says(), promql(look.query()))));
        page.append("## Likely causes\n\n");
        alert.causes().forEach(cause -> page.append("* %s\n".formatted(cause)));
        page.append("\n## What to do\n\n");
        for (int step = 0; step < alert.actions().size(); step++) {
            page.append("%d. %s\n".formatted(step + 1, alert.actions().get(step)));
        }
        return page.toString();
    }

    private static String promql(String query) {
        return "```promql\n%s\n```\n".formatted(query);
    }
}
