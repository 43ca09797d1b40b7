package io.meshwright.check.schema;

/**
 * Something in an object that its schema refuses or drops; {@code unknown} for a field that the schema does not have.
 */
public record Violation(String pointer, String message, boolean unknown) {
    static Violation refused(String pointer, String message) {
        return new Violation(pointer, message, false);
    }

    static Violation unknown(String pointer, String field) {
        return new Violation(pointer, "there is no field \"%s\" here".formatted(field), true);
    }
}
