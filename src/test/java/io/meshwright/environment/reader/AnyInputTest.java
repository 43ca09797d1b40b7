package io.meshwright.environment.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Whatever stands in a file, the reader answers with a value or with problems that have a place and a remedy. */
class AnyInputTest {
    private static final byte[] COMPLETE = FleetFiles.COMPLETE.getBytes(StandardCharsets.UTF_8);
    private static final List<String> PIECES = List.of(
            "\n", " ", "  ", ": ", "- ", ",", "[", "]", "{", "}", "\"", "'", "#", "&a", "*a", "!", "|", ">", "%", "@",
            "`", "---\n", "...\n", "? ", "~", "<<", "\t", "\r", "0", "-1", "1.30", "1:30", "0x", "1e9", "on", "null",
            "name", "ships", "yard", "type", "dock", "address", "hosts", "extras", "\\", "\u0000", "\u0085", "\u2028",
            "\ud800", "\uFEFF", "é", "😀");

    @Property(tries = 2000, seed = "1")
    void any_bytes_are_answered(@ForAll byte[] bytes) {
        assertAnswered(bytes);
    }

    @Property(tries = 2000, seed = "2")
    void any_row_of_yaml_marks_is_answered(@ForAll("rows") String text) {
        assertAnswered(text.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 800, seed = "3")
    void a_file_with_something_put_into_it_is_answered(
            @ForAll @IntRange(max = 900) int at, @ForAll("pieces") String piece) {
        int cut = Math.min(at, FleetFiles.COMPLETE.length());
        String text = FleetFiles.COMPLETE.substring(0, cut) + piece + FleetFiles.COMPLETE.substring(cut);

        assertAnswered(text.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 800, seed = "4")
    void a_file_with_something_cut_out_of_it_is_answered(
            @ForAll @IntRange(max = 900) int from, @ForAll @IntRange(max = 60) int length) {
        int start = Math.min(from, COMPLETE.length);
        int end = Math.min(start + length, COMPLETE.length);
        byte[] rest = Arrays.copyOf(COMPLETE, COMPLETE.length - (end - start));
        System.arraycopy(COMPLETE, end, rest, start, COMPLETE.length - end);

        assertAnswered(rest);
    }

    @Property(tries = 1000, seed = "5")
    void a_file_with_its_lines_in_disorder_is_answered(@ForAll("shuffled") List<String> lines) {
        assertAnswered(lines.stream().collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_file_that_ends_too_early_is_answered() {
        for (int length = 0; length < COMPLETE.length; length++) {
            assertAnswered(Arrays.copyOf(COMPLETE, length));
        }
    }

    @Test
    void long_rows_of_one_mark_are_answered() {
        for (String piece : PIECES) {
            assertAnswered(piece.repeat(2000).getBytes(StandardCharsets.UTF_8));
            assertAnswered("flag: %s".formatted(piece.repeat(2000)).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(PIECES);
    }

    @Provide
    Arbitrary<String> rows() {
        return Arbitraries.of(PIECES).list().ofMaxSize(40).map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<List<String>> shuffled() {
        return Arbitraries.shuffle(FleetFiles.COMPLETE.lines().toList());
    }

    private static void assertAnswered(byte[] bytes) {
        Reading<Fleet> reading = RecordReader.read("f", bytes, Fleet.class);
        if (reading instanceof Reading.Refused<Fleet> refused) {
            assertThat(refused.problems()).isNotEmpty().isSorted().allSatisfy(problem -> {
                assertThat(problem.toString()).matches("f:[1-9]\\d*:[1-9]\\d*( [^\\n\\r]+?)?: [^\\n\\r]+; [^\\n\\r]+");
                assertThat(problem.remedy()).isNotBlank();
            });
        }
    }
}
