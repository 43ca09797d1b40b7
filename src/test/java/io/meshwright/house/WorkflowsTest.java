package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What runs on GitHub has no more rights than it needs, and never rights beside the code of a pull request. */
class WorkflowsTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(Repository.ROOT.resolve(".github/workflows"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void there_are_some() throws IOException {
        assertThat(workflows()).hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void actions_are_pinned_by_commit(Path workflow) throws IOException {
        assertThat(Files.readString(workflow).lines().filter(line -> line.contains("uses:")))
                .allMatch(line -> line.matches(".*uses: [\\w./-]+@[0-9a-f]{40} # v[0-9.]+"));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void no_code_of_a_pull_request_runs_with_rights(Path workflow) throws IOException {
        JsonNode read = YAML.readTree(Files.readString(workflow));
        JsonNode events = read.has("on") ? read.path("on") : read.path("true");

        assertThat(events.isMissingNode()).isFalse();
        assertThat(events.has("pull_request_target")).isFalse();
        assertThat(read.path("permissions").isObject()).isTrue();
        assertThat(read.path("permissions").toString()).doesNotContain("write");
        if (events.has("workflow_run")) {
            assertThat(Files.readString(workflow)).doesNotContain("actions/checkout", "uses:", "./meshwright", "mvn ");
        } else {
            assertThat(Files.readString(workflow))
                    .doesNotContain(": write", "secrets.", "GITHUB_TOKEN", "github.token");
        }
    }

    /** What a pull request's author writes, such as a branch's name, must never become a part of a script. */
    @ParameterizedTest
    @MethodSource("workflows")
    void no_script_is_put_together_from_an_event(Path workflow) throws IOException {
        for (JsonNode job : YAML.readTree(Files.readString(workflow)).path("jobs")) {
            job.path("steps")
                    .forEach(step -> assertThat(step.path("run").asText()).doesNotContain("${{"));
        }
    }
}
