package io.meshwright.house.repository;

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

/**
 * What runs on GitHub, here and where our examples are copied, has no more rights than it needs, and never rights
 * beside the code of a pull request.
 */
class WorkflowsTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    // The one action whose commit is known when it is released, and the mark above it.
    private static final String OURS = "      # commit: release job\n      - uses: meshwright/meshwright@v0.1.0\n";

    private static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(Repository.ROOT.resolve(".github/workflows"));
                Stream<Path> examples = Files.list(Repository.ROOT.resolve("docs/examples/github"))) {
            return Stream.concat(files, examples).sorted().toList();
        }
    }

    private static List<Path> using() throws IOException {
        return Stream.concat(workflows().stream(), Stream.of(Repository.ROOT.resolve("action.yml")))
                .toList();
    }

    @Test
    void there_are_some() throws IOException {
        assertThat(workflows()).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @MethodSource("using")
    void actions_are_pinned_by_commit(Path workflow) throws IOException {
        assertThat(Files.readString(workflow).replace(OURS, "").lines().filter(line -> line.contains("uses:")))
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
        } else if (!onlyTags(events)) {
            assertThat(Files.readString(workflow))
                    .doesNotContain(": write", "secrets.", "GITHUB_TOKEN", "github.token");
        }
    }

    /** A tag is pushed by who may write to the repository, never by a pull request. */
    private static boolean onlyTags(JsonNode events) {
        return events.size() == 1
                && events.path("push").size() == 1
                && events.path("push").has("tags");
    }

    @Test
    void the_action_puts_no_input_into_a_script() throws IOException {
        JsonNode steps = YAML.readTree(Files.readString(Repository.ROOT.resolve("action.yml")))
                .at("/runs/steps");

        assertThat(steps).hasSizeGreaterThan(4);
        assertThat(Files.readString(Repository.ROOT.resolve("action.yml"))).doesNotContain("github.token", "secrets.");
        steps.forEach(step -> assertThat(step.path("run").asText()).doesNotContain("${{"));
    }

    /** What a pull request's author writes, such as a branch's name, must never become a part of a script. */
    @ParameterizedTest
    @MethodSource("workflows")
    void no_script_is_put_together_from_an_event(Path workflow) throws IOException {
        assertThat(YAML.readTree(Files.readString(workflow)).path("jobs"))
                .isNotEmpty()
                .allSatisfy(job -> assertThat(job.path("steps"))
                        .isNotEmpty()
                        .noneMatch(step -> step.path("run").asText().contains("${{")));
    }
}
