package io.meshwright.value.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Percent;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Word;
import java.util.List;

/** Sends copies of real requests to a new version, whose answers nobody sees. */
@Word("mirror")
@Doc("Sends copies of real requests to a new version, whose answers nobody sees.")
public record Shadow(
        @Required @Doc("The version that serves everybody.") Variant live,
        @Required @Doc("The version that gets the copies.") Variant shadow,

        @Defaulted @Doc("Share of the requests that is copied; default 100.")
        Percent percent)
        implements Release {
    public Shadow {
        Release.distinct(
                "shadow",
                List.of(
                        Require.present("live", live).name(),
                        Require.present("shadow", shadow).name()));
        percent = percent == null ? Percent.of(100) : percent;
    }

    @Override
    public List<Variant> variants() {
        return List.of(live, shadow);
    }
}
