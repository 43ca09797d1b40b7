package io.meshwright.trace;

import io.meshwright.mesh.terms.Source;
import java.util.List;

/**
 * One thing that happens to a request at a hop, and the fields that decided it; none where a default of Istio's or
 * Kubernetes' did.
 */
public record Step(String what, List<Source> decidedBy) {
    public Step {
        decidedBy = decidedBy.stream().distinct().toList();
    }
}
