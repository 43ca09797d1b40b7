package io.meshwright.value.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;
import java.util.List;

/** Adds and removes pods by the requests that the mesh counts, with a KEDA ScaledObject. */
@Word("keda")
@Doc("Adds and removes pods by the requests that the mesh counts.")
public record Keda(
        @Defaulted @Doc("Pods at least; default 2.") Integer minReplicas,
        @Required @Doc("Pods at most.") @Sample("6") Integer maxReplicas,

        @Required @Doc("Requests per second that one pod should have.")
        Integer requestsPerSecond,

        @Defaulted
        @Doc("true: scale ahead to the load of this hour a week ago; needs 8 days of metrics; default false.")
        Boolean lastWeek,

        @Defaulted @Doc("Pods that run at times of the clock, whatever the load is.")
        List<Schedule> schedules)
        implements Autoscale {
    public Keda {
        minReplicas = minReplicas == null ? 2 : minReplicas;
        Autoscale.bounds(minReplicas, maxReplicas);
        Require.inRange("requestsPerSecond", Require.present("requestsPerSecond", requestsPerSecond), 1, 100_000);
        lastWeek = lastWeek != null && lastWeek;
        schedules = schedules == null ? List.of() : List.copyOf(schedules);
        for (int i = 0; i < schedules.size(); i++) {
            Require.that(
                    schedules.get(i).replicas() <= maxReplicas,
                    "schedules[%d].replicas".formatted(i),
                    "\"%d\" is more than maxReplicas %d"
                            .formatted(schedules.get(i).replicas(), maxReplicas),
                    "lower it, or raise maxReplicas");
        }
    }

    /** Pods that run between two times of the clock, whatever the load is. */
    @Doc("Pods that run between two times of the clock, whatever the load is.")
    @Sample("{timeZone: Asia/Seoul, start: \"0 8 * * 1-5\", end: \"0 20 * * 1-5\", replicas: 4}")
    public record Schedule(
            @Required @Doc("Time zone of both, by its name, such as Asia/Seoul.") @Sample("Asia/Seoul")
            String timeZone,

            @Required @Doc("When it begins: minute, hour, day, month and day of the week.") @Sample("\"0 8 * * 1-5\"")
            String start,

            @Required @Doc("When it ends, in the same form.") @Sample("\"0 20 * * 1-5\"")
            String end,

            @Required @Doc("Pods at least, between the two.") @Sample("4")
            Integer replicas) {
        private static final String FIELD = "[-0-9A-Za-z*/,]+";
        private static final String TIMES = "%1$s( +%1$s){4}".formatted(FIELD);

        public Schedule {
            Require.that(
                    Require.present("timeZone", timeZone).matches("[A-Z][-A-Za-z0-9_+]*(/[-A-Za-z0-9_+]+)+|UTC"),
                    "timeZone",
                    "%s is no time zone".formatted(Plain.quoted(timeZone)),
                    "write its name, such as Asia/Seoul or Etc/UTC");
            times("start", start);
            times("end", end);
            // KEDA refuses it (keda.sh, cron scaler).
            Require.that(
                    !start.equals(end),
                    "end",
                    "%s is when it starts, too".formatted(Plain.quoted(end)),
                    "let it end at another time");
            Require.inRange("replicas", Require.present("replicas", replicas), 1, 1000);
        }

        private static void times(String key, String value) {
            Require.that(
                    Require.present(key, value).matches(TIMES),
                    key,
                    "%s is no time of five fields".formatted(Plain.quoted(value)),
                    "write minute, hour, day, month and day of the week, such as \"0 8 * * 1-5\"");
        }
    }
}
