package io.meshwright.value.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.Percent;
import org.junit.jupiter.api.Test;

class ObjectivesTest {
    @Test
    void a_promise_of_everything_leaves_no_budget() {
        assertThatThrownBy(() -> new Objectives(Percent.of(100), null, null))
                .hasMessage(
                        "availability: \"100\" leaves too much or nothing to be spent; give at least 94 and less than"
                                + " 100");
    }

    @Test
    void a_threshold_is_a_bucket_of_the_histogram() {
        assertThatThrownBy(() -> new Objectives(null, null, 750))
                .hasMessageStartingWith("thresholdMillis: \"750\" is not a bucket");
    }

    @Test
    void a_promise_is_from_94_to_below_100() {
        assertThat(new Objectives(Percent.of(94), Percent.of(99.9), null))
                .isEqualTo(new Objectives(Percent.of(94), Percent.of(99.9), 1000));
        assertThat(Objectives.defaults()).isEqualTo(new Objectives(Percent.of(99.5), Percent.of(95), 1000));
        assertThatThrownBy(() -> new Objectives(null, Percent.of(93.9), null))
                .hasMessageStartingWith("fast: \"93.9\" leaves too much or nothing to be spent");
    }

    @Test
    void a_tag_has_one_source() {
        assertThat(new SpanTag("a", null, null, null).literal()).isEqualTo("a");
        assertThatThrownBy(() -> new SpanTag(null, null, null, "a"))
                .hasMessage("0 of literal, environment and header are given; give exactly one");
        assertThatThrownBy(() -> new SpanTag("a", "b", null, null))
                .hasMessage("2 of literal, environment and header are given; give exactly one");
    }
}
