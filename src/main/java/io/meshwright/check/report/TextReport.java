package io.meshwright.check.report;

import io.meshwright.check.Finding;
import io.meshwright.check.Findings;
import io.meshwright.check.Severity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Findings for people: a block for each file, and how many there are at the end. */
public final class TextReport {
    private static final String RESET = "\u001b[0m";
    private final boolean coloured;

    /** {@code coloured} for a terminal. */
    public TextReport(boolean coloured) {
        this.coloured = coloured;
    }

    public String render(Findings findings) {
        Map<String, List<Finding>> byFile = findings.all().stream()
                .collect(Collectors.groupingBy(finding -> finding.place().file(), TreeMap::new, Collectors.toList()));
        StringBuilder text = new StringBuilder();
        byFile.forEach((file, found) -> {
            text.append(bold(plain(file))).append('\n');
            found.forEach(finding -> text.append(block(finding)));
            text.append('\n');
        });
        return text.append(findings.summary()).append('\n').toString();
    }

    private String block(Finding finding) {
        String codes = finding.rule().twins().isEmpty()
                ? ""
                : " (%s)".formatted(String.join(", ", finding.rule().twins()));
        String made = finding.constructPath().map("    made by: %s"::formatted).orElse("");
        return "  %d:%d %s %s%s %s\n    %s\n    remedy: %s\n%s"
                .formatted(
                        finding.place().line(),
                        finding.place().column(),
                        word(finding.severity()),
                        finding.rule().code(),
                        codes,
                        plain(finding.object()),
                        plain(finding.message()),
                        finding.remedy(),
                        plain(made).concat(made.isEmpty() ? "" : "\n"));
    }

    /** Nothing in a manifest may break a line or steer a terminal. */
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", "\ufffd");
    }

    private String bold(String text) {
        return coloured ? "\u001b[1m%s%s".formatted(text, RESET) : text;
    }

    private String word(Severity severity) {
        String colour = switch (severity) {
            case ERROR -> "\u001b[31m";
            case WARNING -> "\u001b[33m";
            case INFO -> "\u001b[36m";
        };
        return coloured ? "%s%s%s".formatted(colour, severity.word(), RESET) : severity.word();
    }
}
