package io.meshwright.environment.reader;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;

/** The schema is no stricter than the reader. */
class RecordSchemaProperties {
    @Property(tries = 1000, seed = "6")
    void accepts_whatever_the_reader_still_accepts_after_a_change(
            @ForAll @IntRange(max = 800) int at, @ForAll @AlphaChars @NumericChars char letter) {
        StringBuilder changed = new StringBuilder(FleetFiles.COMPLETE);
        changed.setCharAt(Math.min(at, changed.length() - 2), letter);

        if (RecordSchemaTest.readable(changed.toString())) {
            assertThat(RecordSchemaTest.findings(changed.toString())).isEmpty();
        }
    }
}
