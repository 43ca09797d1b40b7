package io.meshwright.check.report;

import io.meshwright.check.Finding;
import io.meshwright.check.Findings;

/** Findings as a table that a pull request shows. */
final class MarkdownReport {

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
    return "| %s | %s | %s | %s | %s | `%s` |\n".formatted(finding.severity().word(), finding.rule()
        .code(), cell(finding.object()),
        cell(finding.message()), cell(finding.remedy()), cell(finding.place().toString()));
  }

  /** Nothing in a manifest may end a cell, open a tag or mention a person. */
  private static String cell(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")
        .replace("@", "&#64;")
        .replace('\n', ' ').replace('\r', ' ').replace('`', '\'');
  }
}
