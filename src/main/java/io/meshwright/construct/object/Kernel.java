package io.meshwright.construct.object;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.jsii.JsiiEngine;
import software.amazon.jsii.JsiiModule;

/** The process in which cdk8s runs; it starts in a good part of a second, in which much else can be done. */
public final class Kernel {
    // Our own part, with which constructs and cdk8s come, and the groups of which each platform has objects.
    private static final List<Class<? extends JsiiModule>> PARTS = List.of(
            imports.io.meshwright.objects.$Module.class,
            imports.io.istio.networking.$Module.class,
            imports.io.istio.security.$Module.class,
            imports.io.istio.telemetry.$Module.class,
            imports.io.argoproj.$Module.class);

    // jsii keeps every object that was ever made, on both sides; so many runs take some hundred megabytes.
    private static final int RUNS = 20;

    private static @Nullable CompletableFuture<Void> start;
    private static int runs;

    private Kernel() {}

    /** Begins to start it beside the caller, who calls {@link #await} before the first construct. */
    public static synchronized void prepare() {
        if (start == null) {
            start = CompletableFuture.runAsync(Kernel::load, Kernel::aside);
        }
    }

    /** Waits until a start that was begun is over: cdk8s' process answers one thread at a time. */
    public static void await() {
        try {
            begun().join();
        } catch (CompletionException e) {
            // the first construct tries again and tells why it cannot be started
        }
    }

    /** Ends the process after so many runs, when nobody holds a construct, and begins to start another one. */
    public static synchronized void rest() {
        runs++;
        restAfter(runs);
    }

    /** The same in the midst of one run, which has rendered so many environments and will render others. */
    public static synchronized void restAfter(int environments) {
        if (environments > 0 && environments % RUNS == 0) {
            end();
            start = null;
            prepare();
        }
    }

    // jsii has the way, for its own tests, but does not show it.
    private static void end() {
        try {
            Method reset = JsiiEngine.class.getDeclaredMethod("reset");
            reset.setAccessible(true);
            reset.invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("jsii ends its process as it did in the version that is pinned", e);
        }
    }

    private static synchronized CompletableFuture<Void> begun() {
        return start == null ? CompletableFuture.completedFuture(null) : start;
    }

    private static void load() {
        PARTS.forEach(JsiiEngine.getInstance()::loadModule);
    }

    private static void aside(Runnable task) {
        Thread thread = new Thread(task, "kernel");
        thread.setDaemon(true);
        thread.start();
    }
}
