package io.meshwright.mesh.policy;

import io.meshwright.mesh.terms.Source;
import java.util.List;

/** The decision on a call, the rules or policies that made it, and one clause on why. */
public record AuthorizationVerdict(Result result, List<Source> decidedBy, String why) {
    /** {@code UNKNOWN} where an external authorizer or a fact that manifests do not hold decides. */
    public enum Result {
        ALLOW,
        DENY,
        UNKNOWN
    }

    public boolean isAllowed() {
        return result == Result.ALLOW;
    }

    public boolean isDenied() {
        return result == Result.DENY;
    }
}
