package io.meshwright.manifest;

import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;

/** Ends the reading of one document; the reader turns it into an {@link Unreadable} and goes on with the next. */
final class BadDocument extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Unreadable.Flaw flaw;
    private final String complaint;
    private final transient Mark mark;

    BadDocument(Unreadable.Flaw flaw, Mark mark, String message) {
        super(message, null, false, false);
        this.flaw = flaw;
        this.complaint = message;
        this.mark = mark;
    }

    Unreadable.Flaw flaw() {
        return flaw;
    }

    /** Its message, as {@link Unreadable} says it. */
    String complaint() {
        return complaint;
    }

    Optional<Mark> mark() {
        return Optional.ofNullable(mark);
    }
}
