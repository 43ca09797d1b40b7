package io.meshwright.value.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Shorthand;
import io.meshwright.value.Weight;

/** One step of a release: the new version's share, and how long it stays there. */
@Doc("The new version's share, and how long it stays there; a number alone pauses 5m.")
@Sample("10")
public record Step(
        @Required @Doc("Share of the new version, 1 to 99.") Weight weight,
        @Defaulted @Doc("How long; default 5m.") Duration pause,

        @Defaulted @Doc("true: until a person lets it go on; default false.")
        Boolean approve) {
    public Step {
        Require.inRange("weight", Require.present("weight", weight).value(), 1, 99);
        approve = approve != null && approve;
        Require.that(!approve || pause == null, "pause", "is given beside approve", "keep one of them");
        pause = pause == null ? Duration.of("5m") : pause;
    }

    @Shorthand
    public static Step of(int weight) {
        return new Step(Weight.of(weight), null, null);
    }
}
