package io.meshwright.check.report;

import io.meshwright.check.Finding;
import io.meshwright.check.Findings;
import io.meshwright.page.Markdown;
import io.meshwright.page.MarkdownTable;
import java.util.function.Function;

/** Findings as a table that a pull request shows. */
final class MarkdownReport {
    private MarkdownReport() {}

    static String render(Findings findings, Function<Finding, Told> told) {
        MarkdownTable table = MarkdownTable.narrow("severity", "code", "object", "what happens", "remedy", "place");
        findings.all()
                .forEach(finding -> row(table, finding, told.apply(finding).origin()));
        Markdown report = Markdown.untitled().paragraph("**%s**".formatted(findings.summary()));
        return (findings.all().isEmpty() ? report : report.table(table)).toString();
    }

    private static void row(MarkdownTable table, Finding finding, String origin) {
        String from = origin.isEmpty() ? "" : ", from ".concat(Markdown.inlineCode(origin));
        table.markdown(
                finding.severity().word(),
                finding.rule().code(),
                Markdown.inert(finding.object()),
                Markdown.inert(finding.message()),
                Markdown.inert(finding.remedy()),
                Markdown.inlineCode(finding.place().toString()).concat(from));
    }
}
