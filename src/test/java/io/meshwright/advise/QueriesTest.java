package io.meshwright.advise;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.advise.snapshot.Queries;
import io.meshwright.advise.snapshot.Query;
import io.meshwright.construct.observability.program.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueriesTest {
    @Test
    void prometheus_can_read_each_query(@TempDir Path folder) throws Exception {
        Program promtool = Program.of("promtool");
        List<Query> queries = Queries.of(Shop.environment(), 7);
        String rules = queries.stream()
                .map(query -> "  - record: asked:%s\n    expr: >-\n      %s\n"
                        .formatted(query.name().replace('-', '_'), query.text()))
                .collect(Collectors.joining("", "groups:\n- name: asked\n  rules:\n", ""));
        Files.writeString(folder.resolve("rules.yaml"), rules);

        assertThat(promtool.run(folder, "check", "rules", "rules.yaml").output())
                .contains("SUCCESS: %d rules found".formatted(queries.size()));
    }

    @Test
    void no_query_has_a_sign_that_the_script_would_end_at() {
        assertThat(Queries.of(Shop.environment(), 7))
                .hasSizeGreaterThan(20)
                .allSatisfy(query -> assertThat(query.text()).doesNotContain("'", "\n"));
    }
}
