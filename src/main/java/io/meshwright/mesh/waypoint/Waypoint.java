package io.meshwright.mesh.waypoint;

import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.Optional;

/**
 * The effect of the label {@code istio.io/use-waypoint} on calls to a service or pod: {@code proxy} is the pod through
 * which they go, and is empty where the label has no effect or where manifests do not tell which it has.
 */
public record Waypoint(Source label, Effect effect, String why, Optional<Pod> proxy) {
    /** Effects of the label on calls. */
    public enum Effect {
        PASSED,
        NONE,
        UNKNOWN
    }

    static Waypoint passed(Source label, Pod proxy) {
        return new Waypoint(label, Effect.PASSED, proxy.proxy().why(), Optional.of(proxy));
    }

    static Waypoint none(Source label, String why) {
        return new Waypoint(label, Effect.NONE, why, Optional.empty());
    }

    static Waypoint unknown(Source label, String why) {
        return new Waypoint(label, Effect.UNKNOWN, why, Optional.empty());
    }
}
