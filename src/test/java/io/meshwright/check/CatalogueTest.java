package io.meshwright.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.check.rule.object.IstioObjectsValid;
import io.meshwright.sweep.RequestsArrive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private static final Path SOURCES = Path.of("main/java");
    private static final Path CODES = Path.of("../docs/codes.txt");
    private static final List<Rule> RULES = Catalogue.rules();

    @Test
    void codes_are_unique_and_sorted() {
        assertThat(RULES.stream().map(Rule::code).toList())
                .isSorted()
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("MESH[1-9]\\d{2}"));
    }

    @Test
    void a_code_leads_to_its_rule_in_any_case() {
        assertThat(RULES)
                .allSatisfy(rule -> assertThat(Catalogue.rule(rule.code().toLowerCase(Locale.ROOT)))
                        .contains(rule));
        assertThat(Catalogue.rule("MESH100")).isEmpty();
    }

    @Test
    void every_rule_is_told_in_sentences() {
        assertThat(RULES).allSatisfy(rule -> {
            assertThat(rule.title()).isNotBlank().doesNotEndWith(".");
            assertThat(rule.consequence()).endsWith(".");
            assertThat(rule.remedy()).endsWith(".");
            assertThat(rule.twins()).allMatch(twin -> twin.matches("(IST|KIA)\\d{4}"));
        });
    }

    @Test
    void the_documentation_is_the_one_that_the_catalogue_makes() throws IOException {
        assertThat(Files.readString(Path.of("../docs/checks.md")))
                .as("run ./meshwright docs")
                .isEqualTo(Catalogue.markdown());
    }

    @Test
    void a_rule_has_the_name_of_the_constant_that_holds_it() {
        assertThat(Registry.all()).allSatisfy(inspection -> {
            List<Rule> held = Arrays.stream(inspection.getClass().getFields())
                    .filter(field -> field.getType() == Rule.class)
                    .map(CatalogueTest::rule)
                    .toList();
            assertThat(inspection.rules()).containsExactlyInAnyOrderElementsOf(held);
        });
    }

    /** The two that are left out raise what one reading of an object, and one trace, can end in. */
    @Test
    void a_check_raises_at_most_two_codes() {
        assertThat(Registry.all())
                .filteredOn(each -> !(each instanceof IstioObjectsValid || each instanceof RequestsArrive))
                .allSatisfy(each -> assertThat(each.rules()).hasSizeLessThanOrEqualTo(2));
    }

    private static Rule rule(Field constant) {
        try {
            Rule rule = (Rule) constant.get(null);
            assertThat(rule.name()).isEqualTo(constant.getName().toLowerCase(Locale.ROOT));
            return rule;
        } catch (IllegalAccessException hidden) {
            throw new IllegalStateException(hidden);
        }
    }

    @Test
    void every_class_that_describes_a_rule_is_registered() throws IOException {
        List<String> registered =
                Registry.all().stream().map(each -> each.getClass().getName()).toList();
        try (var checks = Files.walk(SOURCES.resolve("io/meshwright/check"));
                var sweeps = Files.walk(SOURCES.resolve("io/meshwright/sweep"))) {
            List<String> inspections = Stream.concat(checks, sweeps)
                    .filter(CatalogueTest::describesRule)
                    .map(file -> SOURCES.relativize(file).toString())
                    .map(file -> file.replace(".java", "").replace('/', '.'))
                    .toList();
            assertThat(inspections).hasSizeGreaterThan(80);
            assertThat(registered).containsExactlyInAnyOrderElementsOf(inspections);
        }
    }

    private static boolean describesRule(Path file) {
        try {
            return file.toString().endsWith(".java")
                    && Files.readString(file).contains(" implements ")
                    && Files.readString(file).contains("public List<Rule> rules() {");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void the_list_of_codes_holds_every_code_once() throws IOException {
        String codes = Files.readString(CODES);

        assertThat(codes).as("run ./meshwright docs").isEqualTo(Codes.listing(codes));
        assertThat(codes.lines().filter(line -> !line.startsWith("#")).map(line -> line.split(" ")[0]))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void a_code_that_was_another_rules_is_refused_and_one_of_a_rule_that_is_gone_is_kept() {
        assertThatThrownBy(() -> Codes.listing("MESH121 of_a_rule_that_is_gone\n"))
                .hasMessageContaining("MESH121")
                .hasMessageContaining("of_a_rule_that_is_gone");
        assertThat(Codes.listing("MESH999 of_a_rule_that_is_gone\n")).endsWith("\nMESH999 of_a_rule_that_is_gone\n");
    }
}
