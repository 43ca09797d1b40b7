package io.meshwright.value.workload;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Word;
import org.jspecify.annotations.Nullable;

/** Pods that end, begun by the clock. */
@Word("cronJob")
@Doc("Runs until it ends, at the times of its schedule.")
public record CronJob(
        @Required @Doc("Minute, hour, day, month and day of the week: \"0 3 * * *\"; or @daily and the like.")
        String schedule,

        @Nullable @Doc("Time zone of the schedule, such as Asia/Seoul; default: the cluster's, mostly UTC.")
        String timeZone,

        @Defaulted @Doc("What happens while the last run goes on; default Forbid.")
        ConcurrencyPolicy concurrencyPolicy,

        @Defaulted @Doc("true: no run begins; default false.")
        Boolean suspend,

        @Nullable @Doc("Seconds after which a run that could not begin in time is left out; default: never.")
        Long startingDeadlineSeconds,

        @Defaulted @Doc("How often one run is tried again, 0 to 20; default 3.")
        Integer backoffLimit,

        @Nullable @Doc("Seconds until a run is stopped and counts as failed; default: never.")
        Long activeDeadlineSeconds,

        @Defaulted @Doc("Runs that ended well and are kept, 0 to 100; default 3.")
        Integer successfulJobsHistoryLimit,

        @Defaulted @Doc("Runs that failed and are kept, 0 to 100; default 1.")
        Integer failedJobsHistoryLimit)
        implements WorkloadKind {
    private static final String FIELD = "[-0-9A-Za-z*/,?]+";
    private static final String TIMES =
            "%1$s( +%1$s){4}|@(yearly|annually|monthly|weekly|daily|midnight|hourly)".formatted(FIELD);

    public CronJob {
        Require.that(
                Require.present("schedule", schedule).matches(TIMES),
                "schedule",
                "%s is no schedule of five fields".formatted(Plain.quoted(schedule)),
                "write minute, hour, day, month and day of the week, such as \"0 3 * * *\"; zones go to timeZone");
        Require.that(
                timeZone == null || timeZone.matches("[A-Z][-A-Za-z0-9_+]*(/[-A-Za-z0-9_+]+)*"),
                "timeZone",
                "%s is no time zone".formatted(Plain.quoted(String.valueOf(timeZone))),
                "write its name, such as Asia/Seoul or Etc/UTC");
        concurrencyPolicy = concurrencyPolicy == null ? ConcurrencyPolicy.FORBID : concurrencyPolicy;
        suspend = suspend != null && suspend;
        Require.that(
                startingDeadlineSeconds == null || startingDeadlineSeconds >= 10,
                "startingDeadlineSeconds",
                "\"%d\" is shorter than the controller's own look at the clock".formatted(startingDeadlineSeconds),
                "give 10 or more seconds");
        backoffLimit = backoffLimit == null ? 3 : Require.inRange("backoffLimit", backoffLimit, 0, 20);
        Job.deadline(activeDeadlineSeconds);
        successfulJobsHistoryLimit = kept("successfulJobsHistoryLimit", successfulJobsHistoryLimit, 3);
        failedJobsHistoryLimit = kept("failedJobsHistoryLimit", failedJobsHistoryLimit, 1);
    }

    private static Integer kept(String key, @Nullable Integer runs, int usual) {
        return runs == null ? usual : Require.inRange(key, runs, 0, 100);
    }

    /** The course when the last run still goes on. */
    public enum ConcurrencyPolicy {
        @Word("Allow")
        ALLOW,
        @Word("Forbid")
        FORBID,
        @Word("Replace")
        REPLACE
    }
}
