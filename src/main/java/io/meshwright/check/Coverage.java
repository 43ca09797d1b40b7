package io.meshwright.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.page.Markdown;
import io.meshwright.page.MarkdownTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes docs/coverage.md: findings of other tools and mishaps of people, each with the rules here that find it. */
public final class Coverage {
    private static final String EXAMPLES = "../src/test/resources/check/%s.yaml";

    private final JsonNode list;

    private Coverage(JsonNode list) {
        this.list = list;
    }

    static Coverage read() {
        try (InputStream text = Coverage.class.getResourceAsStream("coverage.yaml")) {
            return new Coverage(ManifestReader.value(new String(text.readAllBytes(), StandardCharsets.UTF_8))
                    .orElseThrow());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A message of istioctl or a validation of Kiali; {@code why} tells why no rule here finds it. */
    record Foreign(String code, String what, Optional<String> why) {
        List<Rule> rules() {
            return Catalogue.rules().stream()
                    .filter(rule -> rule.twins().contains(code))
                    .toList();
        }

        void addTo(MarkdownTable table) {
            table.markdown(code, what, why.orElseGet(() -> links(rules())));
        }
    }

    /** Something that hurts people, with the rules that find it and the example files that show them. */
    record Ranked(String what, List<String> codes, List<String> examples) {
        List<Rule> rules() {
            return codes.stream()
                    .map(code -> Catalogue.rule(code).orElseThrow())
                    .toList();
        }

        void addTo(MarkdownTable table, int number) {
            String shown = examples.stream()
                    .map(name -> "[%s](%s)".formatted(name, EXAMPLES.formatted(name)))
                    .collect(Collectors.joining(", "));
            List<String> cells = Stream.of(Integer.toString(number), what, links(rules()), shown)
                    .limit(examples.isEmpty() ? 3 : 4)
                    .toList();
            table.markdown(cells.toArray(String[]::new));
        }
    }

    /**
     * The verdicts of another project on given objects, in numbers: statements of its tests, how many are shared here,
     * how many are judged otherwise for a written reason, and how many nothing here looks for; {@code why} tells why
     * none of a source was taken.
     */
    public record Agreement(
            String source, String at, int statements, int shared, int otherwise, int uncovered, Optional<String> why) {
        void addTo(MarkdownTable table) {
            if (why.isPresent()) {
                table.markdown(source, at, "not covered: ".concat(why.get()), "", "", "");
                return;
            }
            List<String> numbers = Stream.of(statements, shared, otherwise, uncovered)
                    .map(number -> Integer.toString(number))
                    .toList();
            table.markdown(source, at, numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
        }
    }

    private static String links(List<Rule> rules) {
        return rules.stream()
                .map(rule ->
                        "[%s](checks.md#%s)".formatted(rule.code(), rule.code().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(", "));
    }

    /** Under {@code messages} those of istioctl, under {@code validations} Kiali's. */
    List<Foreign> foreign(String key) {
        return Fields.entries(list.path(key)).stream()
                .map(entry -> new Foreign(
                        entry.getKey(),
                        entry.getValue().path("what").asText(),
                        Fields.text(entry.getValue().path("why"))))
                .toList();
    }

    /** Under {@code ranked} by what it costs people, under {@code incidents} what happened to some. */
    List<Ranked> ranked(String key) {
        return Fields.items(list.path(key)).stream()
                .map(entry -> new Ranked(
                        entry.path("what").asText(),
                        Fields.texts(entry.path("codes")),
                        Fields.texts(entry.path("examples"))))
                .toList();
    }

    /** The statements that were held against tests of other projects, as docs/coverage.md has it. */
    public static List<Agreement> agreements() {
        return read().agreed();
    }

    private List<Agreement> agreed() {
        return Fields.items(list.path("agreements")).stream()
                .map(entry -> new Agreement(
                        entry.path("source").asText(),
                        entry.path("at").asText(),
                        entry.path("statements").asInt(),
                        entry.path("shared").asInt(),
                        entry.path("otherwise").asInt(),
                        entry.path("uncovered").asInt(),
                        Fields.text(entry.path("why"))))
                .toList();
    }

    /** The whole file. */
    public static String markdown() {
        Coverage coverage = read();
        return Markdown.titled("What the checks cover")
                .paragraph("""
                    Generated by `meshwright docs` from the catalogue and the list beside it; a test holds that every code of a rule
                    stands here, and that a code without a rule has a reason. What each `MESH` code means stands in
                    [checks.md](checks.md).\
                    """)
                .heading("Messages of istioctl analyze")
                .table(table(coverage.foreign("messages")))
                .heading("Validations of Kiali")
                .table(table(coverage.foreign("validations")))
                .heading("Held against the tests of others")
                .paragraph("""
                    What other projects say of the objects of their own tests, reduced to the fields that matter, with other names, and kept
                    in [src/test/resources/upstream](../src/test/resources/upstream). A statement blames an object or a request's
                    end, or is silent on purpose; `mvn verify` holds each against `check` and `trace`. Where the judgement differs, or
                    nothing here looks for it, the row says why.\
                    """)
                .table(agreements(coverage.agreed()))
                .heading("What costs people most, highest first")
                .table(numbered(MarkdownTable.narrow("#", "what", "found by", "shown in"), coverage.ranked("ranked")))
                .heading("What went wrong on clusters")
                .table(numbered(MarkdownTable.narrow("#", "what", "found by"), coverage.ranked("incidents")))
                .toString();
    }

    private static MarkdownTable table(List<Foreign> codes) {
        MarkdownTable table = MarkdownTable.narrow("code", "what", "here");
        codes.forEach(code -> code.addTo(table));
        return table;
    }

    private static MarkdownTable agreements(List<Agreement> agreements) {
        MarkdownTable table = MarkdownTable.narrow(
                "source", "at", "statements", "shared", "judged otherwise, for a reason", "not looked for");
        agreements.forEach(agreement -> agreement.addTo(table));
        return table;
    }

    private static MarkdownTable numbered(MarkdownTable table, List<Ranked> rows) {
        for (int index = 0; index < rows.size(); index++) {
            rows.get(index).addTo(table, index + 1);
        }
        return table;
    }
}
