package io.meshwright.trace.answer;

import io.meshwright.mesh.terms.Source;
import java.util.List;

/**
 * One thing that happens to a request at a hop, and the fields that decided it; none where a default of Istio's or
 * Kubernetes' did.
 */
public record PathStep(String what, List<Source> decidedBy) {
    public PathStep {
        decidedBy = decidedBy.stream().distinct().toList();
    }
}
