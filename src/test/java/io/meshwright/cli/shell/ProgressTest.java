package io.meshwright.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void tells_the_step_with_its_time_and_leaves_nothing_behind() throws InterruptedException {
        StringWriter err = new StringWriter();
        try (Progress progress = Progress.of("synth", new PrintWriter(err, true), Duration.ofMillis(20))) {
            progress.step("rendering egov");
            for (int turn = 0; turn < 500 && !err.toString().contains("rendering egov: 2 s"); turn++) {
                Thread.sleep(20);
            }
        }

        assertThat(err.toString()).contains("\r\u001b[2Krendering egov: 2 s").endsWith("\r\u001b[2K");
    }

    @Test
    void says_nothing_while_it_rests_and_counts_the_next_step_anew() throws InterruptedException {
        StringWriter err = new StringWriter();
        try (Progress progress = Progress.of("map", new PrintWriter(err, true), Duration.ofMillis(20))) {
            progress.rest();
            int before = err.toString().length();
            Thread.sleep(200);
            assertThat(err.toString()).hasSize(before);

            progress.step("drawing");
            for (int turn = 0; turn < 500 && !err.toString().contains("drawing: "); turn++) {
                Thread.sleep(20);
            }
        }

        assertThat(err.toString()).contains("drawing: 1 s");
    }

    @Test
    void says_nothing_of_what_is_quick() {
        StringWriter err = new StringWriter();
        Progress.of("list", new PrintWriter(err, true)).close();

        assertThat(err.toString()).isEmpty();
    }
}
