package io.meshwright.trace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meshwright.mesh.terms.StringMatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexSamplesTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "/(?i:(.*(/|%2f|%5c))?actuator([^a-z0-9_-].*)?) => /actuator",
                "GET|HEAD|OPTIONS => GET",
                "^/v[0-9]+/items$ => /v1/items",
                "/api(/.*)? => /api",
                "(?i)/Shop/(cart|basket)/.+ => /Shop/cart/any",
                ".*canary=true.* => canary=true",
                "https://[a-z]+\\.example\\.org => https://any.example.org",
            })
    void finds_a_text_that_fits(String regex, String text) {
        assertThat(RegexSamples.of(match(regex))).containsExactly(text);
    }

    @Test
    void finds_none_rather_than_a_wrong_one() {
        assertThat(RegexSamples.of(match("[a-f]{32}-[0-9]{8}"))).isEmpty();
    }

    private static StringMatch match(String regex) {
        return StringMatch.of(JsonNodeFactory.instance.objectNode().put("regex", regex));
    }
}
