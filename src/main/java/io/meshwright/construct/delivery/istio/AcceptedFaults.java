package io.meshwright.construct.delivery.istio;

import io.meshwright.value.Acceptance;
import io.meshwright.value.ExceptionTerms;
import io.meshwright.value.MeshwrightNames;
import java.util.SortedMap;

/** Annotations that keep a release with published security faults until a day, for a reason, by a person's word. */
public final class AcceptedFaults {
    private AcceptedFaults() {}

    /** The terms, and the code of the check that is answered by them. */
    public static SortedMap<String, String> annotations(Acceptance accepted) {
        SortedMap<String, String> annotations = ExceptionTerms.annotations(accepted);
        annotations.put(MeshwrightNames.IGNORE, ExceptionTerms.ignoring("MESH312", accepted.reason()));
        return annotations;
    }
}
