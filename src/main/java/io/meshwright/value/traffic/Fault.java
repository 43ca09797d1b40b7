package io.meshwright.value.traffic;

import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.Percent;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import org.jspecify.annotations.Nullable;

/** Makes requests slow or fail on purpose, to see what the rest does. */
@Doc("Makes requests slow or fail on purpose, for tests.")
public record Fault(@Nullable Delay delay, @Nullable Abort abort) {
    public Fault {
        Require.that(delay != null || abort != null, "", "does nothing", "give delay or abort");
    }

    /** Makes requests wait. */
    @Doc("Makes requests wait.")
    public record Delay(
            @Required @Doc("How long.") Duration time,
            @Required @Doc("Share of the requests.") Percent percent) {
        public Delay {
            Require.that(!Require.present("time", time).isZero(), "time", "\"0s\" is no delay", "give a time above 0s");
            percent = share(percent);
        }
    }

    /** Answers requests with an error. */
    @Doc("Answers requests with an error.")
    public record Abort(
            @Required @Doc("HTTP status, 400 to 599.") @Sample("503")
            Integer status,

            @Required @Doc("Share of the requests.") Percent percent) {
        public Abort {
            Require.inRange("status", Require.present("status", status), 400, 599);
            percent = share(percent);
        }
    }

    // Istio reads a missing share as 0, so the fault would never fire.
    private static Percent share(Percent percent) {
        Require.that(
                Require.present("percent", percent).value() > 0,
                "percent",
                "\"0\" never fires",
                "give a share above 0");
        return percent;
    }
}
