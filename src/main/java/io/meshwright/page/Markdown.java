package io.meshwright.page;

import java.util.List;
import java.util.regex.Pattern;

/** A Markdown page, written block after block, with an empty line between two of them and a line feed at its end. */
public final class Markdown {
    private static final Pattern ACTIVE = Pattern.compile("[\\\\>*_\\[\\]`~#]");

    private final StringBuilder text = new StringBuilder();

    private Markdown() {}

    /** Begins a page. */
    public static Markdown titled(String title) {
        return untitled().block("# %s".formatted(title));
    }

    /** Begins a text that stands in another one. */
    public static Markdown untitled() {
        return new Markdown();
    }

    /** Plain text as Markdown that shows it in one line, in a table too. */
    public static String escaped(String plain) {
        return plain.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("*", "\\*")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /**
     * Plain text of anybody as Markdown of one line in which nothing acts: no tag is opened and nobody is mentioned.
     * The bar is left to the table in whose cell it stands.
     */
    public static String inert(String plain) {
        return ACTIVE.matcher(plain.replaceAll("\\p{Cntrl}", " ")
                        .replace("&", "&amp;")
                        .replace("<", "&lt;"))
                .replaceAll("\\\\$0")
                .replace("@", "&#64;");
    }

    /**
     * Plain text of anybody between backticks, where only another backtick acts, and a backslash before a table's bar.
     */
    public static String inlineCode(String plain) {
        return "`%s`"
                .formatted(
                        plain.replaceAll("\\p{Cntrl}", " ").replace('`', '\'').replace('\\', '/'));
    }

    /** Begins a section. */
    public Markdown heading(String heading) {
        return block("## %s".formatted(heading));
    }

    /** Sentences that are Markdown already. */
    public Markdown paragraph(String sentences) {
        return block(sentences);
    }

    /** One entry below the other, each Markdown already and after a bullet such as {@code -}. */
    public Markdown list(char bullet, List<String> entries) {
        gap();
        entries.forEach(entry -> line("%s %s".formatted(bullet, entry)));
        return this;
    }

    /** Numbered entries, each Markdown already. */
    public Markdown steps(List<String> entries) {
        gap();
        for (int index = 0; index < entries.size(); index++) {
            line("%d. %s".formatted(index + 1, entries.get(index)));
        }
        return this;
    }

    /** Lines as they are; {@code language} colours them and may be empty. */
    public Markdown code(String language, List<String> lines) {
        block("```%s".formatted(language));
        lines.forEach(this::line);
        return line("```");
    }

    public Markdown table(MarkdownTable table) {
        gap();
        table.lines().forEach(this::line);
        return this;
    }

    /** A table, or one sentence where it has no rows. */
    public Markdown table(MarkdownTable table, String none) {
        return table.isEmpty() ? paragraph(none) : table(table);
    }

    private Markdown block(String first) {
        return gap().line(first);
    }

    private Markdown gap() {
        return text.isEmpty() ? this : line("");
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
