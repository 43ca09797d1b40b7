package io.meshwright.check.report;

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
        return render(Told.all(findings.all()));
    }

    /** The same of findings that were kept; those of one file in their order. */
    public String render(List<Told> findings) {
        Map<String, List<Told>> byFile =
                findings.stream().collect(Collectors.groupingBy(Told::file, TreeMap::new, Collectors.toList()));
        StringBuilder text = new StringBuilder();
        byFile.forEach((file, found) -> {
            text.append(bold(plain(file))).append('\n');
            found.forEach(finding -> text.append(block(finding)));
            text.append('\n');
        });
        return text.append(summary(findings)).append('\n').toString();
    }

    private static String summary(List<Told> findings) {
        return Findings.summary(severity -> (int) findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count());
    }

    private String block(Told finding) {
        String codes = finding.twins().isEmpty() ? "" : " (%s)".formatted(String.join(", ", finding.twins()));
        String made = line("made by", finding.construct());
        return "  %d:%d %s %s%s %s\n    %s\n    remedy: %s\n%s%s"
                .formatted(
                        finding.line(),
                        finding.column(),
                        word(finding.severity()),
                        finding.code(),
                        codes,
                        plain(finding.object()),
                        plain(finding.message()),
                        finding.remedy(),
                        line("from", finding.origin()),
                        made);
    }

    private static String line(String what, String text) {
        return text.isEmpty() ? "" : "    %s: %s\n".formatted(what, plain(text));
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
