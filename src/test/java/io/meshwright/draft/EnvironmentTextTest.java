package io.meshwright.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import org.junit.jupiter.api.Test;

class EnvironmentTextTest {
    private static final String FILE = """
        # first
        resilience:
          timeout: 20s # kept
          circuitBreaker: {consecutive5xxErrors: 4}
          note: "a, \\"b\\""
          plain: one, two

        services:
          # a comment of web
          web:
            ports: [{name: http, port: 80}]
            weights:
              - {name: v1, weight: 90}
              - name: v2
                weight: 10

          # a comment of cart
          cart: {scale: {replicas: 2}, "odd": {}} # 한글 😀 {}
          text:
            note: |
              several
              lines

        last: 1
        """;

    @Test
    void one_value_changes_and_every_other_sign_stays() {
        assertThat(with("resilience.timeout", "5s")).isEqualTo(FILE.replace("20s", "5s"));
        assertThat(with("services.web.weights[0].weight", "75")).isEqualTo(FILE.replace("90", "75"));
        assertThat(with("services.web.weights[1].weight", "25")).isEqualTo(FILE.replace("weight: 10", "weight: 25"));
        assertThat(with("services.cart.scale.replicas", "3")).isEqualTo(FILE.replace("replicas: 2", "replicas: 3"));
    }

    @Test
    void a_key_that_is_missing_comes_behind_the_last_of_its_mapping() {
        assertThat(with("resilience.retries.attempts", "1"))
                .isEqualTo(FILE.replace("one, two\n", "one, two\n  retries: {attempts: 1}\n"));
        assertThat(with("services.cart.scale.min", "1"))
                .isEqualTo(FILE.replace("replicas: 2}", "replicas: 2, min: 1}"));
        assertThat(with("services.cart.odd.a.b", "1")).isEqualTo(FILE.replace("\"odd\": {}", "\"odd\": {a: {b: 1}}"));
        assertThat(with("services.web.resilience.timeout", "5s"))
                .isEqualTo(FILE.replace("weight: 10\n", "weight: 10\n    resilience: {timeout: 5s}\n"));
        assertThat(with("services.text.scale", "1"))
                .isEqualTo(FILE.replace("      lines\n", "      lines\n    scale: 1\n"));
        assertThat(with("other.key", "1")).isEqualTo(FILE + "other: {key: 1}\n");
        assertThat(new EnvironmentText("a: 1").with(KeyPath.of("b"), "2").text())
                .isEqualTo("a: 1\nb: 2");
    }

    @Test
    void a_copy_is_written_on_one_line() {
        assertThat(new EnvironmentText(FILE)
                        .copied(KeyPath.of("resilience"), KeyPath.of("services.cart.resilience"))
                        .text())
                .contains(
                        "\"odd\": {}, resilience: {timeout: 20s, circuitBreaker: {consecutive5xxErrors: 4}, note: \"a,"
                                + " \\\"b\\\"\", plain: \"one, two\"}} # 한글");
    }

    @Test
    void what_is_elsewhere_or_of_several_parts_is_left_alone() {
        assertThatThrownBy(() -> with("resilience", "1"))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("resilience: is not written in one piece; change it by hand");
        assertThatThrownBy(() -> with("services.web.weights[2].weight", "1"))
                .hasMessage(
                        "services.web.weights[2].weight: is not written in this file; change it by hand where it is");
        assertThatThrownBy(() -> with("resilience.timeout.seconds", "1")).isInstanceOf(InvalidValue.class);
        assertThat(new EnvironmentText(FILE).has(KeyPath.of("services.web.ports[0].name")))
                .isTrue();
        assertThat(new EnvironmentText(FILE).has(KeyPath.of("services.web.ports[1]")))
                .isFalse();
    }

    @Test
    void a_difference_is_told_as_git_takes_it() {
        assertThat(TextDifference.unified("a.yaml", "a\n", "a\n")).isEmpty();
        assertThat(TextDifference.unified("x/a.yaml", "a\nb\n", "a\nc\n"))
                .isEqualTo("--- a/x/a.yaml\n+++ b/x/a.yaml\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n");
    }

    private static String with(String key, String value) {
        return new EnvironmentText(FILE).with(KeyPath.of(key), value).text();
    }
}
