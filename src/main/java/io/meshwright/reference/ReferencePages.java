package io.meshwright.reference;

import io.meshwright.environment.key.Key;
import io.meshwright.environment.key.KeyExample;
import io.meshwright.environment.key.KeyFacts;
import io.meshwright.environment.key.KeyTree;
import io.meshwright.page.Markdown;
import io.meshwright.page.MarkdownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The reference of environment files: a page for each part, and one that lists them. */
public final class ReferencePages {
    private static final int LONGEST_EXAMPLE = 60;

    private final KeyTree tree;

    private ReferencePages(KeyTree tree) {
        this.tree = tree;
    }

    /** Texts in Markdown, by their path below {@code docs/}. */
    public static SortedMap<String, String> of(KeyTree tree) {
        ReferencePages pages = new ReferencePages(tree);
        SortedMap<String, String> texts = new TreeMap<>();
        texts.put("reference/README.md", pages.index());
        tree.parts().forEach(part -> texts.put("reference/%s.md".formatted(part.step()), pages.page(part)));
        return texts;
    }

    private String index() {
        MarkdownTable table = MarkdownTable.of("key", "type", "default", "meaning");
        for (Key part : tree.parts()) {
            KeyFacts facts = KeyFacts.of(part);
            table.markdown(
                    "[`%s`](%s.md)".formatted(part.step(), part.step()),
                    Markdown.escaped(facts.type()),
                    Markdown.escaped(facts.absent()),
                    Markdown.escaped(facts.meaning()));
        }
        return Markdown.titled("Keys of environment files")
                .paragraph("Written by `meshwright keys` from the program's records. `meshwright explain KEY` prints"
                        + " the same of one key, such as `meshwright explain services.*.release.steps`, and tells"
                        + " where the environment files use it. In a path `*` is any entry of a mapping and `[]` any of"
                        + " a list; [how files are written](../environments.md).")
                .table(table)
                .toString();
    }

    private String page(Key part) {
        KeyFacts facts = KeyFacts.of(part);
        Markdown page = Markdown.titled("`%s`".formatted(part.step()));
        if (!facts.meaning().isEmpty()) {
            page.paragraph(Markdown.escaped(facts.meaning()));
        }
        page.paragraph("A %s; %s. All keys: [reference](README.md)."
                .formatted(
                        Markdown.escaped(facts.type()),
                        facts.absent().equals(KeyFacts.REQUIRED)
                                ? "it is required"
                                : "default: %s".formatted(Markdown.escaped(facts.absent()))));
        page.code("yaml", KeyExample.of(part));
        tree.described(part).forEach(home -> section(home, page));
        return page.toString();
    }

    private void section(Key home, Markdown page) {
        page.paragraph(anchor(tree.section(home)));
        page.heading("`%s`".formatted(home));
        String meaning = KeyFacts.sentence(home);
        if (!meaning.isEmpty()) {
            page.paragraph(Markdown.escaped(meaning));
        }
        List<Key> others = tree.sameMapping(home);
        if (!others.isEmpty()) {
            page.paragraph("The same stands at %s."
                    .formatted(others.stream().map("`%s`"::formatted).collect(Collectors.joining(", "))));
        }
        String variant = "";
        List<Key> keys = new ArrayList<>();
        for (Key key : home.below()) {
            if (!key.variant().equals(variant)) {
                table(home, variant, keys, page);
                keys.clear();
                variant = key.variant();
            }
            keys.add(key);
        }
        table(home, variant, keys, page);
    }

    private void table(Key home, String variant, List<Key> keys, Markdown page) {
        if (keys.isEmpty()) {
            return;
        }
        if (!variant.isEmpty()) {
            page.paragraph("**`%s: %s`** %s"
                    .formatted(
                            home.discriminator(),
                            variant,
                            Markdown.escaped(KeyFacts.of(home).words().getOrDefault(variant, ""))));
        }
        MarkdownTable table = MarkdownTable.of("key", "type", "default", "bounds", "meaning", "example");
        keys.forEach(key -> table.markdown(row(key)));
        page.table(table);
    }

    private String[] row(Key key) {
        KeyFacts facts = KeyFacts.of(key);
        String example = KeyExample.value(key);
        return new String[] {
            "%s`%s`".formatted(anchor(tree.place(key).replaceFirst("^.*#", "")), key.step()),
            type(key, facts),
            Markdown.escaped(facts.absent()),
            Markdown.escaped(facts.bounds().stream()
                    .filter(bound -> !bound.startsWith(KeyFacts.FORM))
                    .collect(Collectors.joining("; "))),
            Markdown.escaped(tree.mappingPlace(key).isPresent() ? facts.meaning() : meaning(facts)),
            example.length() > LONGEST_EXAMPLE ? "" : Markdown.inlineCode(example)
        };
    }

    private String type(Key key, KeyFacts facts) {
        String words = Markdown.escaped(facts.type());
        return tree.mappingPlace(key)
                .map(place -> "[%s](%s)".formatted(words, place))
                .orElse(words);
    }

    private static String meaning(KeyFacts facts) {
        String words = facts.words().entrySet().stream()
                .filter(word -> !word.getValue().isEmpty())
                .map(word -> "%s: %s".formatted(word.getKey(), word.getValue()))
                .collect(Collectors.joining(" "));
        return "%s %s".formatted(facts.meaning(), words).strip();
    }

    private static String anchor(String id) {
        return "<a id=\"%s\"></a>".formatted(id);
    }
}
