package io.meshwright.value.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
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
        List<ScaleSchedule> schedules)
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
}
