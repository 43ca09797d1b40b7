package io.meshwright.page;

import java.util.List;

/** A Markdown page, written block after block, with an empty line between two of them and a line feed at its end. */
public final class Markdown {
    private final StringBuilder text = new StringBuilder();

    private Markdown() {}

    /** Begins a page. */
    public static Markdown titled(String title) {
        return new Markdown().line("# %s".formatted(title));
    }

    /** Plain text as Markdown that shows it in one line, in a table too. */
    public static String escaped(String plain) {
        return plain.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("*", "\\*")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** Begins a section. */
    public Markdown heading(String heading) {
        return line("").line("## %s".formatted(heading));
    }

    /** Sentences that are Markdown already. */
    public Markdown paragraph(String sentences) {
        return line("").line(sentences);
    }

    /** One entry below the other, each Markdown already and after a bullet such as {@code -}. */
    public Markdown list(char bullet, List<String> entries) {
        line("");
        entries.forEach(entry -> line("%s %s".formatted(bullet, entry)));
        return this;
    }

    /** Numbered entries, each Markdown already. */
    public Markdown steps(List<String> entries) {
        line("");
        for (int index = 0; index < entries.size(); index++) {
            line("%d. %s".formatted(index + 1, entries.get(index)));
        }
        return this;
    }

    /** Lines as they are; {@code language} colours them and may be empty. */
    public Markdown code(String language, List<String> lines) {
        line("").line("```%s".formatted(language));
        lines.forEach(this::line);
        return line("```");
    }

    public Markdown table(MarkdownTable table) {
        line("");
        table.lines().forEach(this::line);
        return this;
    }

    /** A table, or one sentence where it has no rows. */
    public Markdown table(MarkdownTable table, String none) {
        return table.isEmpty() ? paragraph(none) : table(table);
    }

    private Markdown line(String line) {
        text.append(line).append('\n');
        return this;
    }

    /** The whole page. */
    @Override
    public String toString() {
        return text.toString();
    }
}
