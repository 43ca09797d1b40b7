package io.meshwright.rehearsal.process;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How long something is waited for before it counts as never happening. Bounds are wide, since a machine may be busy:
 * what a test asserts is that it happens, and how long it took is only told.
 */
public record Patience(Duration bound) {
    /** What is looked at again and again; a failing call means "not yet". */
    public interface Question {
        boolean holds() throws Exception;
    }

    public static Patience of(int seconds) {
        return new Patience(Duration.ofSeconds(seconds));
    }

    public void await(String what, Question question) throws IOException, InterruptedException {
        await(what, question, () -> "");
    }

    /** Gives the seconds that it took; what is seen meanwhile ends up in the error. */
    public long await(String what, Question question, Supplier<String> seen) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        String last = "";
        while (System.nanoTime() - begun < bound.toNanos()) {
            try {
                if (question.holds()) {
                    return Duration.ofNanos(System.nanoTime() - begun).toSeconds();
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                last = String.valueOf(e.getMessage());
            }
            Thread.sleep(500);
        }
        throw new IOException(
                "waited %d s in vain for %s%n%s%n%s".formatted(bound.toSeconds(), what, seen.get(), last));
    }
}
