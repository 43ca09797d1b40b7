package io.meshwright.value.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Percent;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Shorthand;

/** Copies requests to another service, whose answers nobody waits for. */
@Doc("Copies requests to another service; its answers are thrown away.")
public record Mirror(
        @Required @Doc("Name of the service that gets the copies.")
        Name service,

        @Defaulted @Doc("Share of the requests that is copied; default 100.")
        Percent percent) {
    public Mirror {
        Require.present("service", service);
        percent = percent == null ? Percent.of(100) : percent;
    }

    @Shorthand
    public static Mirror to(String service) {
        return new Mirror(Name.of(service), null);
    }
}
