package io.meshwright.construct.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.construct.observability.program.Program;
import io.meshwright.value.Duration;
import io.meshwright.value.Name;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanaryQueriesTest {
    private final CanaryQueries queries = new CanaryQueries(Name.of("blog-system"), Name.of("web"), Duration.of("2m"));

    @Test
    void asks_in_words_that_prometheus_reads(@TempDir Path folder) throws Exception {
        String rules =
                List.of(queries.success(), queries.successAgainstStable(), queries.latencyAgainstStable()).stream()
                        .map(query -> query.replaceAll("\\{\\{args\\.[a-z-]+}}", "6bd9f8c5d4"))
                        .map(query -> "  - record: query\n    expr: '%s'\n".formatted(query))
                        .collect(Collectors.joining());
        Files.writeString(folder.resolve("rules.yaml"), "groups:\n- name: queries\n  rules:\n%s".formatted(rules));

        Program.Answer answer = Program.of("promtool").run(folder, "check", "rules", "--lint=none", "rules.yaml");

        assertThat(answer.exit()).as(answer.output()).isZero();
        assertThat(answer.output()).contains("3 rules found");
    }
}
