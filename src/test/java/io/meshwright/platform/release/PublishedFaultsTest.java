package io.meshwright.platform.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.Version;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedFaultsTest {
    // Read from the bulletins themselves: istio.io, news/security.
    @ParameterizedTest
    @CsvSource({
        "1.30.3, 2026-006",
        "1.30.2, 2026-006 2026-005",
        "1.30.0, 2026-006 2026-004",
        "1.29.6, 2026-006",
        "1.28.10, 2026-006",
        "1.26.2, 2026-006 2025-004 2025-003 2025-002 2025-001",
        "1.26.8, 2026-006",
        "1.25.5, 2026-006",
        "1.25.4, 2026-006 2025-001",
        "1.23.4, 2026-006",
        "1.23.1, 2026-006 2024-007 2024-006"
    })
    void names_the_bulletins_of_a_release_newest_first(String release, String bulletins) {
        assertThat(faults(release).bulletins())
                .extracting(Bulletin::name)
                .isEqualTo(Arrays.stream(bulletins.split(" "))
                        .map("ISTIO-SECURITY-"::concat)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"1.30.4", "1.30.5", "1.29.7", "1.31.0", "1.31.1", "1.31", "1.30", "1.26"})
    void knows_none_of_releases_that_mend_them_and_of_a_line_without_a_patch(String release) {
        assertThat(faults(release).areNone()).isTrue();
    }

    @Test
    void says_number_and_day() {
        assertThat(faults("1.30.3")).hasToString("ISTIO-SECURITY-2026-006 (2026-08-26)");
    }

    @Test
    void names_the_newest_patch_of_the_line_where_there_is_one() {
        assertThat(faults("1.26.2").ofNewestPatch())
                .map(PublishedFaults::release)
                .contains(Version.of("1.26.8"));
        assertThat(faults("1.30.5").ofNewestPatch()).isEmpty();
        assertThat(faults("1.22.1").ofNewestPatch()).isEmpty();
    }

    @Test
    void the_newest_release_of_the_table_has_none() {
        assertThat(PublishedFaults.ofNewest().bulletins()).isEmpty();
    }

    @Test
    void the_table_says_of_every_line_up_to_which_bulletin_it_was_read_and_lists_them_newest_first() {
        List<Bulletin> bulletins = Table.KNOWN.istio().bulletins();

        assertThat(Table.KNOWN.istio().lines())
                .extracting(Table.Line::read)
                .allSatisfy(read ->
                        assertThat(read).isGreaterThanOrEqualTo(bulletins.get(0).name()));
        assertThat(bulletins).extracting(Bulletin::name).isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(bulletins).extracting(Bulletin::date).isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    void what_is_out_and_was_not_read_is_newer_than_what_was_read() {
        List<Bulletin> bulletins = Table.KNOWN.istio().bulletins();

        assertThat(PublishedFaults.unread())
                .allSatisfy(
                        name -> assertThat(name).isGreaterThan(bulletins.get(0).name()));
    }

    private static PublishedFaults faults(String release) {
        return PublishedFaults.of(Version.of(release));
    }
}
