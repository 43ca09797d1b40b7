package io.meshwright.platform.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionRangeTest {
    @ParameterizedTest
    @CsvSource({
        "1.29-1.32, 1.29, true",
        "1.29-1.32, 1.32, true",
        "1.29-1.32, 1.33, false",
        "1.29-1.32, 1.4, false",
        "1.33, 1.33, true",
        "1.33, 1.34, false",
        "1.32+, 1.40, true",
        "1.32+, 1.31, false"
    })
    void contains_both_of_its_ends(String range, String version, boolean contained) {
        assertThat(VersionRange.of(range).contains(Version.of(version))).isEqualTo(contained);
    }

    @ParameterizedTest
    @CsvSource({
        "1.27-1.30, 1.29-1.32, 1.29 to 1.30",
        "1.32+, 1.29-1.33, 1.32 to 1.33",
        "1.32+, 1.30+, 1.32 and later",
        "1.30-1.32, 1.32-1.36, 1.32"
    })
    void meets_another_range(String one, String other, String both) {
        assertThat(VersionRange.of(one).and(VersionRange.of(other)).orElseThrow())
                .hasToString(both);
        assertThat(VersionRange.of(other).and(VersionRange.of(one)).orElseThrow())
                .hasToString(both);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0-1.28, 1.23.4, true",
        "1.0-1.28, 1.28.10, true",
        "1.0-1.28, 1.29.0, false",
        "1.28.0-1.28.1, 1.28.2, false",
        "1.30.0-1.30.0, 1.30.0, true"
    })
    void an_end_that_names_a_line_takes_in_its_patches(String range, String version, boolean in) {
        assertThat(VersionRange.of(range).contains(Version.of(version))).isEqualTo(in);
    }

    @Test
    void meets_nothing_where_the_ranges_lie_apart() {
        assertThat(VersionRange.of("1.27-1.30").and(VersionRange.of("1.31-1.34")))
                .isEmpty();
    }

    @Test
    void refuses_to_run_backwards() {
        assertThatThrownBy(() -> VersionRange.of("1.32-1.29"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("runs backwards");
    }
}
