package io.meshwright.cli.shell;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Tells on a terminal what has taken more than a second, and how long; it leaves nothing behind. */
public final class Progress implements AutoCloseable {
    private static final String ERASED = "\r\u001b[2K";
    private final PrintWriter err;
    private final ScheduledExecutorService clock;
    private String step;
    private int seconds;
    private boolean shown;
    private boolean resting;

    private Progress(String step, PrintWriter err, Duration beat) {
        this.step = step;
        this.err = err;
        this.clock = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "progress");
            thread.setDaemon(true);
            return thread;
        });
        ScheduledFuture<?> unused =
                clock.scheduleAtFixedRate(this::tick, beat.toNanos(), beat.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Begins to count. */
    public static Progress of(String step, PrintWriter err) {
        return new Progress(step, err, Duration.ofSeconds(1));
    }

    static Progress of(String step, PrintWriter err, Duration beat) {
        return new Progress(step, err, beat);
    }

    /** Begins the next piece of work. */
    public synchronized void step(String next) {
        step = next;
        resting = false;
    }

    /** Nothing is done until the next step, whose seconds are counted anew. */
    public synchronized void rest() {
        clear();
        resting = true;
        seconds = -1; // the beat that comes next may be as good as there
    }

    /** Makes room for a line of something else. */
    public synchronized void clear() {
        if (shown) {
            err.print(ERASED);
            err.flush();
            shown = false;
        }
    }

    private synchronized void tick() {
        if (resting) {
            return;
        }
        seconds++;
        if (seconds > 0) {
            err.print("%s%s: %d s".formatted(ERASED, step, seconds));
            err.flush();
            shown = true;
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        rest();
    }
}
