package io.meshwright.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.Coverage;
import io.meshwright.check.Coverage.Agreement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UpstreamTest {
    private static final List<Upstream> ALL = Upstream.all();

    static Stream<Row> rows() {
        return ALL.stream().flatMap(upstream -> upstream.rows().stream());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void says_what_is_recorded_and_differs_only_with_a_reason(Row row) {
        assertThat(row.misses()).isEmpty();
    }

    @Test
    void every_row_has_a_name_of_its_own_and_a_known_source() {
        assertThat(rows().map(Row::id)).doesNotHaveDuplicates();
        assertThat(ALL)
                .allSatisfy(upstream -> assertThat(upstream.rows().stream().flatMap(row -> row.of().stream()))
                        .isNotEmpty()
                        .isSubsetOf(upstream.agreements().keySet()));
    }

    @Test
    void the_table_of_agreement_has_what_the_rows_say() {
        List<Agreement> counted = ALL.stream()
                .flatMap(upstream -> upstream.agreements().values().stream())
                .toList();

        assertThat(Coverage.agreements().stream().filter(listed -> listed.why().isEmpty()))
                .as("write these numbers into coverage.yaml, then run ./meshwright docs")
                .containsExactlyInAnyOrderElementsOf(counted);
    }
}
