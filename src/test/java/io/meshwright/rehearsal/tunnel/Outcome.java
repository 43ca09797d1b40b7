package io.meshwright.rehearsal.tunnel;

import java.util.List;

/** What came of a row: asked and judged as trace does, asked and judged otherwise, or not asked. */
public record Outcome(Kind kind, List<String> reasons) {
    /** Whether a row was asked, and how that ended. */
    public enum Kind {
        AGREED,
        DISAGREED,
        NOT_ASKED
    }

    static Outcome of(List<String> disagreements) {
        return new Outcome(disagreements.isEmpty() ? Kind.AGREED : Kind.DISAGREED, List.copyOf(disagreements));
    }

    static Outcome notAsked(String reason) {
        return new Outcome(Kind.NOT_ASKED, List.of(reason));
    }
}
