package io.meshwright.value.telemetry;

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
}
