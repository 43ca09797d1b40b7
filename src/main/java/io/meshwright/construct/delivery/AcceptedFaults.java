package io.meshwright.construct.delivery;

import io.meshwright.value.Acceptance;
import java.util.SortedMap;
import java.util.TreeMap;

/** Annotations that keep a release with published security faults until a day, for a reason, by a person's word. */
public final class AcceptedFaults {
    private static final String REASON = "meshwright.io/reason";
    private static final String OWNER = "meshwright.io/owner";
    private static final String EXPIRES = "meshwright.io/expires";
    private static final String IGNORE = "meshwright.io/ignore";

    private AcceptedFaults() {}

    /** The terms, and the code of the check that is answered by them. */
    public static SortedMap<String, String> annotations(Acceptance accepted) {
        SortedMap<String, String> annotations = new TreeMap<>();
        annotations.put(REASON, accepted.reason());
        annotations.put(OWNER, accepted.owner());
        annotations.put(EXPIRES, accepted.expires().toString());
        annotations.put(
                IGNORE, "MESH312: %s".formatted(accepted.reason().strip().replaceAll("\\s+", " ")));
        return annotations;
    }
}
