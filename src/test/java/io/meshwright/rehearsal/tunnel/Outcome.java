package io.meshwright.rehearsal.tunnel;

import java.util.List;

/**
 * What came of a row: asked and judged as trace does, asked and judged otherwise, or not asked; {@code delivered} where
 * an application answered.
 */
public record Outcome(Kind kind, boolean delivered, List<String> reasons) {
    /** Whether a row was asked, and how that ended. */
    public enum Kind {
        AGREED,
        DISAGREED,
        NOT_ASKED
    }

    static Outcome of(boolean delivered, List<String> disagreements) {
        return new Outcome(
                disagreements.isEmpty() ? Kind.AGREED : Kind.DISAGREED, delivered, List.copyOf(disagreements));
    }

    static Outcome notAsked(String reason) {
        return new Outcome(Kind.NOT_ASKED, false, List.of(reason));
    }
}
