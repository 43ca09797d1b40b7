package io.meshwright.rehearsal.process;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two rehearsals never run at once: the second one is refused with a sentence. */
class RunLockTest {
    @Test
    void a_second_rehearsal_of_the_same_jvm_is_refused(@TempDir Path home) throws IOException {
        try (RunLock first = RunLock.take(home)) {
            assertThatThrownBy(() -> RunLock.take(home))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "%s: another rehearsal runs (process %d); wait until it has ended",
                            home.resolve("run.lock"), ProcessHandle.current().pid());
        }
    }

    @Test
    void a_second_rehearsal_of_another_process_is_refused_until_that_is_killed(@TempDir Path home) throws Exception {
        Process holder = Elsewhere.run(Holder.class, home.toString());
        try {
            Patience.of(60).await("the other one to hold the lock", () -> refused(home));
        } finally {
            holder.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }

        assertThatCode(() -> RunLock.take(home).close()).doesNotThrowAnyException();
    }

    private static boolean refused(Path home) throws IOException {
        try (RunLock taken = RunLock.take(home)) {
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Holds the lock until it is killed. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            try (RunLock held = RunLock.take(Path.of(arguments[0]))) {
                Thread.sleep(600_000);
            }
        }
    }
}
