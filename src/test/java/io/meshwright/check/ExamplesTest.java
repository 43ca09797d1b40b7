package io.meshwright.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
    static List<Example> examples() {
        return Example.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void finds_what_is_marked_and_nothing_else(Example example) {
        List<Finding> found = example.findings().all();
        List<String> places = found.stream()
                .map(finding ->
                        "%d %s".formatted(finding.place().line(), finding.rule().code()))
                .sorted()
                .toList();

        assertThat(places)
                .as(() -> found.stream().map(Finding::toString).reduce("", "%s\n%s"::formatted))
                .isEqualTo(example.wanted());
    }

    @Test
    void every_rule_has_an_example_that_breaks_it_and_one_that_nearly_does() {
        List<String> broken = examples().stream()
                .flatMap(example -> example.wanted().stream())
                .map(line -> line.split(" ")[1])
                .toList();
        List<String> nearly = examples().stream()
                .flatMap(example -> example.nearMisses().stream())
                .toList();

        assertThat(Catalogue.rules().stream()
                        .map(Rule::code)
                        .filter(code -> !broken.contains(code) || !nearly.contains(code)))
                .isEmpty();
    }

    @Test
    void every_rule_that_is_broken_stands_in_the_catalogue() {
        assertThat(examples().stream().flatMap(example -> example.findings().all().stream()))
                .extracting(Finding::rule)
                .isNotEmpty()
                .isSubsetOf(Catalogue.rules());
    }

    @Test
    void every_finding_says_what_happens_in_a_clause_and_what_to_do_in_a_sentence() {
        Stream<Finding> all = examples().stream().flatMap(example -> example.findings().all().stream());

        assertThat(all).allSatisfy(finding -> {
            assertThat(finding.message()).isNotBlank().doesNotEndWith(".");
            assertThat(finding.remedy()).endsWith(".");
        });
    }
}
