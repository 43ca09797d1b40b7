package io.meshwright.value.security;

import java.util.List;
import java.util.stream.Collectors;

/** Headings and tables of a Markdown page, whose cells cannot break the table. */
final class MarkdownText {
    private final StringBuilder text = new StringBuilder();

    void title(String title) {
        line("# %s".formatted(title));
    }

    /** A section with a table, or with one sentence where there are no rows. */
    void table(String heading, String none, List<String> head, List<List<String>> rows) {
        line("");
        line("## %s".formatted(heading));
        line("");
        if (rows.isEmpty()) {
            line(none);
            return;
        }
        line(row(head));
        line(row(head.stream().map(cell -> "---").toList()));
        rows.forEach(cells -> line(row(cells)));
    }

    void paragraph(String paragraph) {
        line("");
        line(paragraph);
    }

    private static String row(List<String> cells) {
        return cells.stream().map(MarkdownText::escaped).collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String escaped(String cell) {
        return cell.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("*", "\\*")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
