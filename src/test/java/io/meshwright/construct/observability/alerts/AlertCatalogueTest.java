package io.meshwright.construct.observability.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.program.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertCatalogueTest {
    @TempDir
    private Path folder;

    @Test
    void every_alert_points_at_a_page_that_says_what_to_do() {
        AlertCatalogue catalogue = AlertCatalogue.of(Samples.watched());
        String rules = String.join("", catalogue.ruleFiles().values());

        assertThat(catalogue.runbooks()).hasSameSizeAs(catalogue.alerts()).allSatisfy((file, page) -> {
            assertThat(rules)
                    .contains("runbook_url: https://git.example.org/platform/docs/runbooks/%s".formatted(file));
            assertThat(page)
                    .contains("## What it means", "## Queries to run", "## Likely causes", "## What to do\n\n1. ");
        });
    }

    @Test
    void every_summary_tells_a_value_or_which_one_it_is() {
        assertThat(AlertCatalogue.of(Samples.watched()).alerts())
                .allSatisfy(alert -> assertThat(alert.summary()).contains("{{ $"));
    }

    @Test
    void plaintext_raises_no_alert_where_nothing_declares_strict() {
        assertThat(AlertCatalogue.of(Samples.hosts()).ruleFiles())
                .doesNotContainKey("security.yaml")
                .containsKey("gateway.yaml");
    }

    @Test
    void promtool_accepts_every_rule_and_every_query_of_a_runbook() throws Exception {
        Program promtool = Program.of("promtool");
        AlertCatalogue catalogue = AlertCatalogue.of(Samples.watched());
        for (Map.Entry<String, String> file : catalogue.ruleFiles().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
            Program.Answer answer = promtool.run(folder, "check", "rules", "--lint=all", "--lint-fatal", file.getKey());
            assertThat(answer.exit()).as(answer.output()).isZero();
        }
        Files.writeString(folder.resolve("looks.yaml"), asRules(catalogue));
        Program.Answer looks = promtool.run(folder, "check", "rules", "looks.yaml");
        assertThat(looks.exit()).as(looks.output()).isZero();
    }

    /** promtool parses the queries of a rule file in one run, which is quicker than a run for each. */
    private static String asRules(AlertCatalogue catalogue) {
        StringBuilder rules = new StringBuilder("groups:\n- name: looks\n  rules:\n");
        catalogue.alerts().stream()
                .flatMap(alert -> alert.looks().stream())
                .map(Alert.Look::query)
                .distinct()
                .forEach(query -> rules.append("  - record: look:%d\n    expr: |-\n      %s\n"
                        .formatted(rules.length(), query.replace("\n", "\n      "))));
        return rules.toString();
    }
}
