package io.meshwright.construct.observability.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.meshwright.construct.observability.Samples;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The expressions of the rendered configuration over a table of lines, without a collector. */
class RedactionTest {
    private static final Map<String, String> ROWS = RedactionTable.rows();

    static Stream<String> lines() {
        return ROWS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void a_line_leaves_without_its_secrets_and_with_all_else(String line) throws Exception {
        RenderedRewrites body = body();

        assertThat(body.apply(line)).isEqualTo(ROWS.get(line));
        assertThat(body.apply(ROWS.get(line))).as("twice is once").isEqualTo(ROWS.get(line));
    }

    @Test
    void each_rule_is_needed_by_a_row() throws Exception {
        RenderedRewrites body = body();

        assertThat(IntStream.range(0, body.steps().size())
                        .filter(i -> lines().allMatch(
                                        line -> body.without(i).apply(line).equals(ROWS.get(line))))
                        .mapToObj(i -> body.steps().get(i).pattern().pattern()))
                .isEmpty();
    }

    @Test
    void bodies_attributes_and_spans_are_read_by_the_same_rules_in_both_collectors() throws Exception {
        String agent = LogAgentConfig.text(Samples.watched());
        String collector = CollectorConfig.text(Samples.watched());
        int rules = body().steps().size();

        assertThat(Stream.of(
                        RenderedRewrites.of(agent, "log_statements", "log.body"),
                        RenderedRewrites.of(collector, "log_statements", "log.body"),
                        RenderedRewrites.of(collector, "log_statements", "log.attributes"),
                        RenderedRewrites.of(collector, "trace_statements", "resource.attributes"),
                        RenderedRewrites.of(collector, "trace_statements", "span.attributes"),
                        RenderedRewrites.of(collector, "trace_statements", "spanevent.attributes"),
                        RenderedRewrites.of(collector, "trace_statements", "span.name"),
                        RenderedRewrites.of(collector, "trace_statements", "span.status.message")))
                .allSatisfy(rewrites -> assertThat(rewrites.steps()).hasSize(rules));
        assertThat(rules).isGreaterThan(30);
    }

    @ParameterizedTest
    @CsvSource({
        "http.request.header.authorization, true",
        "http.request.header.cookie.0, true",
        "http.response.header.set-cookie, true",
        "db.password, true",
        "clientSecret, true",
        "access_token, true",
        "http.request.header.x-request-id, false",
        "llm.usage.completion_tokens, false",
        "k8s.secret.name, false",
        "trace_id, false",
        "url.path, false",
    })
    void attributes_with_the_name_of_a_secret_are_taken_away(String name, boolean taken) {
        assertThat(Pattern.compile(Redaction.SECRET_NAMES).matcher(name).find()).isEqualTo(taken);
    }

    @Test
    void a_key_in_pem_is_one_entry_and_other_lines_are_entries_of_their_own() {
        String redacting = LogAgentConfig.text(Samples.watched());

        assertThat(redacting).contains("-----END ");
        assertThat(LogAgentConfig.text(Samples.subPaths())).doesNotContain("-----END ", "redact");
        assertThat(CollectorConfig.text(Samples.subPaths())).doesNotContain("redact");
    }

    @Test
    void nothing_stands_behind_the_redaction_but_the_way_out() {
        assertThat(List.of(LogAgentConfig.text(Samples.watched()), CollectorConfig.text(Samples.watched())))
                .allSatisfy(config -> assertThat(config)
                        .containsPattern("- transform/redact\n(\\s+- batch\n)?\\s+exporters:")
                        .contains("error_mode: ignore"));
    }

    private static RenderedRewrites body() throws Exception {
        return RenderedRewrites.of(LogAgentConfig.text(Samples.watched()), "log_statements", "log.body");
    }
}
