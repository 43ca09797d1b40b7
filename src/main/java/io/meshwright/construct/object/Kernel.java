package io.meshwright.construct.object;

import imports.io.meshwright.objects.$Module;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.jsii.JsiiEngine;

/** The process in which cdk8s runs; it starts in a good part of a second, in which much else can be done. */
public final class Kernel {
    private static @Nullable CompletableFuture<Void> start;

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

    private static synchronized CompletableFuture<Void> begun() {
        return start == null ? CompletableFuture.completedFuture(null) : start;
    }

    // Our own part stands on cdk8s and constructs, which come with it.
    private static void load() {
        JsiiEngine.getInstance().loadModule($Module.class);
    }

    private static void aside(Runnable task) {
        Thread thread = new Thread(task, "kernel");
        thread.setDaemon(true);
        thread.start();
    }
}
