package io.meshwright.web;

/** A request that nobody answered. */
public final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why there is none. */
    public enum Reason {
        /** The time was over. */
        LATE,
        /** There was no connection, or it broke. */
        BROKEN,
        /** Somebody ended the waiting. */
        INTERRUPTED
    }

    NoAnswer(Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
