package io.meshwright.mesh.terms;

import java.util.function.Predicate;

/** A fact about a call that may be known, known to be missing, or unknown. */
public record Attribute(Truth present, String value) {
    public static Attribute known(String value) {
        return new Attribute(Truth.YES, value);
    }

    public static Attribute absent() {
        return new Attribute(Truth.NO, "");
    }

    public static Attribute unknown() {
        return new Attribute(Truth.UNKNOWN, "");
    }

    /** Tells whether it is there and the condition holds of it. */
    public Truth test(Predicate<String> condition) {
        return present.isYes() ? Truth.of(condition.test(value)) : present;
    }
}
