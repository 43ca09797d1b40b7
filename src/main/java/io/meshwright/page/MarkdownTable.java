package io.meshwright.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of a {@link Markdown} page, whose cells cannot break it. */
public final class MarkdownTable {
    private final String head;
    private final String rule;
    private final List<String> rows = new ArrayList<>();

    private MarkdownTable(String head, String rule) {
        this.head = head;
        this.rule = rule;
    }

    /** A table without rows. */
    public static MarkdownTable of(String... head) {
        return new MarkdownTable(
                line(Arrays.stream(head)), line(Arrays.stream(head).map(cell -> "---")));
    }

    /** The same with no spaces in the line below the head. */
    public static MarkdownTable narrow(String... head) {
        return new MarkdownTable(
                line(Arrays.stream(head)), "|---".repeat(head.length).concat("|"));
    }

    /** A row of plain texts. */
    public MarkdownTable row(String... cells) {
        rows.add(line(Arrays.stream(cells).map(Markdown::escaped)));
        return this;
    }

    /** A row whose cells are Markdown already; only what would end a cell is escaped. */
    public MarkdownTable markdown(String... cells) {
        rows.add(line(Arrays.stream(cells).map(cell -> cell.replace("|", "\\|"))));
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    Stream<String> lines() {
        return Stream.concat(Stream.of(head, rule), rows.stream());
    }

    private static String line(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |"));
    }
}
