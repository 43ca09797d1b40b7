package io.meshwright.check;

import io.meshwright.page.Markdown;
import io.meshwright.page.MarkdownTable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Every rule of the registry, and docs/checks.md: a table of all, then a section for each. */
public final class Catalogue {
    private static final List<Rule> RULES = Registry.all().stream()
            .flatMap(inspection -> inspection.rules().stream())
            .sorted()
            .toList();

    private Catalogue() {}

    /** All rules, in the order of codes. */
    public static List<Rule> rules() {
        return RULES;
    }

    /** The rule of a code such as {@code MESH101}, in any case. */
    public static Optional<Rule> rule(String code) {
        return RULES.stream().filter(rule -> rule.code().equalsIgnoreCase(code)).findFirst();
    }

    /** The whole file. */
    public static String markdown() {
        MarkdownTable table = MarkdownTable.narrow("code", "severity", "what", "istioctl and Kiali");
        rules().forEach(rule -> table.markdown(
                "[%s](#%s)".formatted(rule.code(), rule.code().toLowerCase(Locale.ROOT)),
                rule.severity().word(),
                rule.title(),
                String.join(", ", rule.twins())));
        Markdown page = head().table(table);
        rules().forEach(rule -> section(page, rule));
        return page.toString();
    }

    private static Markdown head() {
        return Markdown.titled("Checks")
                .paragraph("""
                        What `meshwright check` and every synth look for, generated from the catalogue by `meshwright docs`. Errors keep a synth from writing;
                        warnings do so with `--strict`. A finding is suppressed, with a reason, by an annotation of the object,""")
                .code("yaml", """
                        metadata:
                          annotations:
                            meshwright.io/ignore: "MESH121: the Gateway is applied by another team\"""".lines().toList())
                .paragraph(
                        "one line for each code, or by a list in an object of its own, given among the manifests or with `--suppressions`:")
                .code("yaml", """
                        apiVersion: meshwright.io/v1
                        kind: Suppressions
                        metadata: {name: exceptions}
                        spec:
                          suppressions:
                            - code: MESH121
                              object: VirtualService shop/web        # as the finding names it; a trailing asterisk stands for any rest
                              reason: the Gateway is applied by another team
                        """.lines().toList())
                .paragraph("A suppression without a reason, and one that suppresses nothing, are findings themselves.");
    }

    /** The rules that somebody may mean by what is no code: those of another tool's code, else those of like codes. */
    public static List<Rule> near(String written) {
        String code = written.strip().toUpperCase(Locale.ROOT);
        List<Rule> twins =
                rules().stream().filter(rule -> rule.twins().contains(code)).toList();
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return twins.isEmpty()
                ? rules().stream()
                        .filter(rule -> distance.apply(rule.code(), code) <= 2)
                        .sorted(Comparator.comparing(rule -> distance.apply(rule.code(), code)))
                        .limit(3)
                        .toList()
                : twins;
    }

    /** The page of one rule, as {@code check --explain} prints it. */
    public static String section(Rule rule) {
        return section(Markdown.untitled(), rule).toString();
    }

    private static Markdown section(Markdown page, Rule rule) {
        page.heading(rule.code())
                .paragraph("%s (%s).".formatted(rule.title(), rule.severity().word()))
                .paragraph("**What happens:** %s".formatted(rule.consequence()))
                .paragraph("**What to do:** %s".formatted(rule.remedy()));
        return rule.twins().isEmpty()
                ? page
                : page.paragraph("Others call it %s.".formatted(String.join(", ", rule.twins())));
    }
}
