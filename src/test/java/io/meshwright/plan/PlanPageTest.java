package io.meshwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.plan.change.ChangeRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlanPageTest {
    @Test
    void the_page_has_every_code_with_its_risk_and_nothing_else() throws IOException {
        String page = Files.readString(Path.of("../docs/plan.md"));

        assertThat(page.lines().filter(line -> line.startsWith("| PLAN")))
                .containsExactlyElementsOf(Arrays.stream(ChangeRule.values())
                        .map(rule -> "| %s | %s | %s |"
                                .formatted(rule.code(), rule.risk().word(), rule.title()))
                        .toList());
    }
}
