package io.meshwright.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.Coverage.Foreign;
import io.meshwright.check.Coverage.Ranked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final Coverage COVERAGE = Coverage.read();

    private static List<Foreign> foreign() {
        return Stream.concat(COVERAGE.foreign("messages").stream(), COVERAGE.foreign("validations").stream())
                .toList();
    }

    @Test
    void every_code_that_a_rule_names_is_listed() {
        List<String> listed = foreign().stream().map(Foreign::code).toList();

        assertThat(listed).isSorted().doesNotHaveDuplicates().hasSize(68 + 72);
        assertThat(Catalogue.rules().stream().flatMap(rule -> rule.twins().stream()))
                .isSubsetOf(listed);
    }

    @Test
    void a_code_has_a_rule_or_a_reason_and_never_both() {
        assertThat(foreign()).allSatisfy(code -> {
            assertThat(code.why().isPresent())
                    .as(code.code())
                    .isEqualTo(code.rules().isEmpty());
            assertThat(code.why().orElse("A sentence.")).endsWith(".");
        });
    }

    @Test
    void what_ranks_high_is_shown_by_its_examples() {
        Map<String, Example> examples = new TreeMap<>();
        Example.all().forEach(example -> examples.put(example.name().replace(".yaml", ""), example));

        assertThat(COVERAGE.ranked("ranked")).hasSizeGreaterThan(25).allSatisfy(row -> {
            assertThat(examples).containsKeys(row.examples().toArray(String[]::new));
            List<String> wanted = row.examples().stream()
                    .flatMap(name -> examples.get(name).wanted().stream())
                    .map(line -> line.split(" ")[1])
                    .toList();
            assertThat(wanted).as(row.what()).containsAll(row.codes());
        });
    }

    @Test
    void every_incident_has_a_rule() {
        assertThat(COVERAGE.ranked("incidents"))
                .hasSize(15)
                .extracting(Ranked::rules)
                .allSatisfy(rules -> assertThat(rules).isNotEmpty());
    }

    @Test
    void the_page_is_the_one_that_the_list_makes() throws IOException {
        assertThat(Files.readString(Path.of("../docs/coverage.md")))
                .as("run ./meshwright docs")
                .isEqualTo(Coverage.markdown());
    }
}
