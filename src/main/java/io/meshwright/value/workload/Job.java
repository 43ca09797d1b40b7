package io.meshwright.value.workload;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.Word;
import org.jspecify.annotations.Nullable;

/** Pods that end, once for each change of what they run. */
@Word("job")
@Doc("Runs until it ends, once for each change of what it runs.")
public record Job(
        @Defaulted @Doc("How often it is tried again, 0 to 20; default 3.")
        Integer backoffLimit,

        @Nullable @Doc("Seconds until it is stopped and counts as failed; default: never.")
        Long activeDeadlineSeconds,

        @Nullable @Doc("How many pods must end well; default 1.")
        Integer completions,

        @Nullable @Doc("How many of them run at a time; default 1.")
        Integer parallelism)
        implements WorkloadKind {
    public Job {
        backoffLimit = backoffLimit == null ? 3 : Require.inRange("backoffLimit", backoffLimit, 0, 20);
        deadline(activeDeadlineSeconds);
        if (completions != null) {
            Require.inRange("completions", completions, 1, 1000);
        }
        if (parallelism != null) {
            Require.inRange("parallelism", parallelism, 1, 100);
        }
    }

    static void deadline(@Nullable Long seconds) {
        Require.that(
                seconds == null || seconds > 0,
                "activeDeadlineSeconds",
                "\"%d\" ends it before it begins".formatted(seconds),
                "give 1 or more seconds");
    }
}
