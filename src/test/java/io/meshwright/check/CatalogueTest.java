package io.meshwright.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private static final List<Rule> RULES = List.of(Rule.values());

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
                .allSatisfy(rule -> assertThat(Rule.of(rule.code().toLowerCase(Locale.ROOT)))
                        .contains(rule));
        assertThat(Rule.of("MESH100")).isEmpty();
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
    void every_class_of_the_rule_package_is_registered() throws IOException {
        String registry = Files.readString(Path.of("main/java/io/meshwright/check/Checks.java"));
        try (var files = Files.list(Path.of("main/java/io/meshwright/check/rule"))) {
            List<String> checks = files.filter(CatalogueTest::isCheck)
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .sorted()
                    .toList();
            assertThat(checks).isNotEmpty().allMatch(check -> registry.contains("new %s()".formatted(check)));
        }
    }

    private static boolean isCheck(Path file) {
        try {
            return Files.readString(file).contains("implements Check ");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
