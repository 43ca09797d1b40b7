package io.meshwright.house.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    private static final int ABOVE_THE_LIMIT = 6;
    private static final int BAD_INPUT = 2;

    @Test
    void a_label_accepts_the_commit_for_which_it_is_set(@TempDir Path folder) throws Exception {
        JsonNode workflow = YAML.readTree(Files.readString(Repository.ROOT.resolve(".github/workflows/plan.yaml")));
        JsonNode events = workflow.has("on") ? workflow.path("on") : workflow.path("true");
        JsonNode step = StreamSupport.stream(workflow.at("/jobs/plan/steps").spliterator(), false)
                .filter(each -> each.path("name").asText().equals("Plan"))
                .findFirst()
                .orElseThrow();
        String script = step.path("run").asText();

        assertThat(events.at("/pull_request/types"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("opened", "synchronize", "reopened", "labeled");
        // what an event of another sort has none of, unlike the labels of the pull request, which outlive a push
        assertThat(step.at("/env/LABEL").asText()).isEqualTo("${{ github.event.label.name }}");
        assertThat(code(folder, script, ABOVE_THE_LIMIT, Map.of("LABEL", ""))).isEqualTo(ABOVE_THE_LIMIT);
        assertThat(code(folder, script, ABOVE_THE_LIMIT, Map.of("LABEL", "bug")))
                .isEqualTo(ABOVE_THE_LIMIT);
        assertThat(code(folder, script, ABOVE_THE_LIMIT, Map.of("LABEL", "meshwright-accepted")))
                .isZero();
        assertThat(code(folder, script, BAD_INPUT, Map.of("LABEL", "meshwright-accepted")))
                .isEqualTo(BAD_INPUT);
        assertThat(code(folder, script, 0, Map.of("LABEL", ""))).isZero();
        assertThat(folder.resolve("plan/number")).hasContent("7");
    }

    @Test
    void a_label_of_gitlab_names_the_commit(@TempDir Path folder) throws Exception {
        String template = Files.readString(Repository.ROOT.resolve("templates/plan.yml"));
        String script = YAML.readTree(template.substring(template.indexOf("\n---\n") + 1))
                .at("/plan/script/0")
                .asText();
        String accepted = "bug,meshwright-accepted::01234567,team";

        assertThat(code(folder, script, ABOVE_THE_LIMIT, Map.of("CI_COMMIT_SHA", "0123456789abcdef")))
                .isEqualTo(ABOVE_THE_LIMIT);
        assertThat(code(
                        folder,
                        script,
                        ABOVE_THE_LIMIT,
                        Map.of("CI_COMMIT_SHA", "0123456789abcdef", "CI_MERGE_REQUEST_LABELS", accepted)))
                .isZero();
        assertThat(code(
                        folder,
                        script,
                        ABOVE_THE_LIMIT,
                        Map.of("CI_COMMIT_SHA", "ffff456789abcdef", "CI_MERGE_REQUEST_LABELS", accepted)))
                .isEqualTo(ABOVE_THE_LIMIT);
        assertThat(code(
                        folder,
                        script,
                        ABOVE_THE_LIMIT,
                        Map.of(
                                "CI_COMMIT_SHA",
                                "0123456789abcdef",
                                "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA",
                                "ffff456789abcdef",
                                "CI_MERGE_REQUEST_LABELS",
                                accepted)))
                .as("a pipeline of merged results runs on a commit of its own")
                .isEqualTo(ABOVE_THE_LIMIT);
        assertThat(code(
                        folder,
                        script,
                        BAD_INPUT,
                        Map.of("CI_COMMIT_SHA", "0123456789abcdef", "CI_MERGE_REQUEST_LABELS", accepted)))
                .isEqualTo(BAD_INPUT);
    }

    /** Runs a step as a runner does, with a program in the place of ours that ends so. */
    private static int code(Path folder, String script, int planned, Map<String, String> variables) throws Exception {
        Path program = folder.resolve("meshwright");
        Files.writeString(program, "#!/bin/sh\nexit %d\n".formatted(planned));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        ProcessBuilder bash = new ProcessBuilder("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script);
        bash.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile());
        bash.environment().put("PATH", "%s:%s".formatted(folder, System.getenv("PATH")));
        bash.environment().putAll(Map.of("BASE", "main", "NUMBER", "7"));
        bash.environment().putAll(variables);
        return bash.start().waitFor();
    }
}
