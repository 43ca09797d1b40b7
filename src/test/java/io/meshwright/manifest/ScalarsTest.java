package io.meshwright.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "yes | true",
                "Off | false",
                "y | true",
                "~ | null",
                "Null | null",
                "22:22 | \"22:22\"",
                "2001-01-01 | \"2001-01-01\"",
                "1.30 | 1.3",
                "\"1.30\" | \"1.30\"",
                "0777 | 511",
                "0o17 | 15",
                "0x1F | 31",
                "0b11 | 3",
                "08 | 8",
                "1_000 | 1000",
                "-5 | -5",
                "+5 | 5",
                "1e3 | 1000",
                "1e-3 | 0.001",
                ".5 | 0.5",
                ". | \".\"",
                "- | `null`",
                "1.2.3 | \"1.2.3\"",
                "18446744073709551615 | 18446744073709551615",
                "9223372036854775808 | 9223372036854775808",
                "!!str 1 | \"1\"",
                "!!int \"1\" | 1",
                "!custom x | \"x\"",
                "tRue | \"tRue\"",
                ".inf | \".inf\"",
                "<< | \"<<\""
            })
    void a_scalar_is_what_kubernetes_reads(String yaml, String json) {
        String value = "- ".concat(yaml).equals("- -") ? "" : yaml;

        var body = ManifestReader.of("x", "apiVersion: v1\nkind: X\nvalue: %s\n".formatted(value))
                .manifests()
                .all()
                .get(0)
                .body();

        assertThat(body.get("value")).hasToString(json);
    }

    @ParameterizedTest
    @CsvSource({"on, true", "80, 80", "'\"80\"', 80", "null, null", "n, false", "a, a"})
    void a_key_is_the_text_of_its_value(String yaml, String key) {
        var body = ManifestReader.of("x", "apiVersion: v1\nkind: X\n%s: here\n".formatted(yaml))
                .manifests()
                .all()
                .get(0)
                .body();

        assertThat(body.path(key).asText()).isEqualTo("here");
    }
}
