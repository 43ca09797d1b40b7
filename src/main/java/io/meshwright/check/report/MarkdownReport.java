package io.meshwright.check.report;

import io.meshwright.check.Finding;
import io.meshwright.check.Findings;
import java.util.regex.Pattern;

/** Findings as a table that a pull request shows. */
final class MarkdownReport {
    private static final Pattern ACTIVE = Pattern.compile("[\\\\|>*_\\[\\]`~#]");

    private MarkdownReport() {}

    static String render(Findings findings) {
        StringBuilder text = new StringBuilder("**%s**\n".formatted(findings.summary()));
        if (!findings.all().isEmpty()) {
            text.append("\n| | code | object | what happens | remedy | place |\n|---|---|---|---|---|---|\n");
            findings.all().forEach(finding -> text.append(row(finding)));
        }
        return text.toString();
    }

    private static String row(Finding finding) {
        return "| %s | %s | %s | %s | %s | `%s` |\n"
                .formatted(
                        finding.severity().word(),
                        finding.rule().code(),
                        cell(finding.object()),
                        cell(finding.message()),
                        cell(finding.remedy()),
                        code(finding.place().toString()));
    }

    /** Nothing in a manifest may end a cell, open a tag or mention a person. */
    private static String cell(String text) {
        return ACTIVE.matcher(
                        text.replaceAll("\\p{Cntrl}", " ").replace("&", "&amp;").replace("<", "&lt;"))
                .replaceAll("\\\\$0")
                .replace("@", "&#64;");
    }

    /** Between backticks nothing is active but the bar of the table, and a backslash before it. */
    private static String code(String text) {
        return text.replaceAll("\\p{Cntrl}", " ")
                .replace('`', '\'')
                .replace('\\', '/')
                .replace("|", "\\|");
    }
}
