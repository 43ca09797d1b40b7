package io.meshwright.house.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The comment of GitLab's template, written to an API that answers as GitLab's does. */
class MergeRequestCommentTest {
    private static final String MARK = "<!-- meshwright plan -->\n";

    private final Map<String, String> answers = new LinkedHashMap<>();
    private final List<String> written = new ArrayList<>();
    private HttpServer gitlab;

    @BeforeEach
    void there_is_a_merge_request_whose_newest_commit_was_planned() throws IOException {
        gitlab = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gitlab.createContext("/", this::answer);
        gitlab.start();
        answers.put("/user", "{\"id\": 9}");
        answers.put("/projects/7/merge_requests", "[{\"iid\": 4, \"sha\": \"abc\"}]");
        answers.put(
                "/projects/7/merge_requests/4/pipelines",
                "[{\"id\": 1, \"sha\": \"old\", \"project_id\": 7}, {\"id\": 2, \"sha\": \"abc\", \"project_id\": 7}]");
        answers.put(
                "/projects/7/pipelines/2/jobs",
                "[{\"id\": 5, \"name\": \"test\", \"status\": \"success\"}, {\"id\": 6, \"name\": \"plan\", \"status\": \"failed\"}]");
        answers.put("/projects/7/jobs/6/artifacts/plan/plan.md", "# Plan: risk dangerous\n");
        answers.put("/projects/7/merge_requests/4/notes", "[]");
    }

    @AfterEach
    void ends() {
        gitlab.stop(0);
    }

    @Test
    void is_written_once() throws Exception {
        assertThat(run()).isZero();

        assertThat(written)
                .containsExactly("POST /projects/7/merge_requests/4/notes " + MARK + "# Plan: risk dangerous\n");
    }

    @Test
    void is_written_anew_into_its_own_note_only() throws Exception {
        answers.put(
                "/projects/7/merge_requests/4/notes",
                "[{\"id\": 1, \"author\": {\"id\": 8}, \"body\": \"<!-- meshwright plan -->\\nforged\"},"
                        + " {\"id\": 3, \"author\": {\"id\": 9}, \"body\": \"<!-- meshwright plan -->\\nold\"}]");

        assertThat(run()).isZero();

        assertThat(written).singleElement().asString().startsWith("PUT /projects/7/merge_requests/4/notes/3 ");
    }

    @Test
    void says_nothing_where_there_is_nothing_new() throws Exception {
        answers.put(
                "/projects/7/merge_requests/4/notes",
                "[{\"id\": 3, \"author\": {\"id\": 9}, \"body\": \"<!-- meshwright plan -->\\n# Plan: risk dangerous\\n\"}]");
        assertThat(run()).isZero();

        answers.put("/projects/7/jobs/6/artifacts/plan/plan.md", "x".repeat(64_001));
        assertThat(run()).isZero();

        answers.put("/projects/7/merge_requests/4/pipelines", "[{\"id\": 2, \"sha\": \"abc\", \"project_id\": 8}]");
        assertThat(run()).isZero();

        assertThat(written).isEmpty();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] asked = exchange.getRequestBody().readAllBytes();
            boolean known = "token".equals(exchange.getRequestHeaders().getFirst("PRIVATE-TOKEN"));
            if (known && !exchange.getRequestMethod().equals("GET")) {
                written.add("%s %s %s"
                        .formatted(
                                exchange.getRequestMethod(),
                                path,
                                new ObjectMapper().readTree(asked).path("body").asText()));
            }
            byte[] body = known
                    ? answers.getOrDefault(path, "[]").getBytes(StandardCharsets.UTF_8)
                    : "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private int run() throws IOException, InterruptedException {
        ProcessBuilder bash = new ProcessBuilder("bash", "-eo", "pipefail", "-c", script()).inheritIO();
        bash.environment()
                .put(
                        "CI_API_V4_URL",
                        "http://127.0.0.1:%d".formatted(gitlab.getAddress().getPort()));
        bash.environment().put("CI_PROJECT_ID", "7");
        bash.environment().put("MESHWRIGHT_COMMENT_TOKEN", "token");
        Process process = bash.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private static String script() throws IOException {
        String text = Files.readString(Repository.ROOT.resolve("templates/plan-comment.yml"));
        try (var documents =
                new ObjectMapper(new YAMLFactory()).readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            JsonNode job = documents.readAll().get(1).path("plan-comment");
            assertThat(job.at("/variables/GIT_STRATEGY").asText()).isEqualTo("none");
            assertThat(job.at("/rules/0/if").asText()).contains("== \"schedule\"", "$CI_DEFAULT_BRANCH");
            return job.at("/script/0").asText();
        }
    }
}
