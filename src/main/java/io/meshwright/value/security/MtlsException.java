package io.meshwright.value.security;

import io.meshwright.value.Acceptance;
import io.meshwright.value.Day;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import org.jspecify.annotations.Nullable;

/**
 * One workload, or one port of it, that may speak otherwise than the mesh: until a day, for a reason, by a person's
 * word.
 */
@Doc("One workload, or one port of it, whose mTLS mode differs from the mesh's.")
public record MtlsException(
        @Required @Doc("Name of the service whose pods are meant.")
        Name service,

        @Nullable @Doc("Container port; default: every port.")
        Port port,

        @Required MtlsMode mode,
        @Required @Doc("Who answers for it.") String owner,
        @Required @Doc("Why it cannot do otherwise.") String reason,
        @Required @Doc("Last day on which it holds.") Day expires) {
    public MtlsException {
        Require.present("service", service);
        Require.present("mode", mode);
        Require.notBlank("owner", owner);
        Require.notBlank("reason", reason);
        Require.present("expires", expires);
    }

    /** Returns who answers for it, why, and until when. */
    public Acceptance terms() {
        return new Acceptance(owner, reason, expires);
    }

    /** True if its last day is over; the day is given, so that a result never depends on a clock. */
    public boolean isExpiredOn(Day today) {
        return expires.compareTo(today) < 0;
    }
}
