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

  /** Below a JSON Pointer. */
  static String child(String pointer, String key) {
    String escaped = key.indexOf('~') < 0 && key.indexOf('/') < 0 ? key : key.replace("~", "~0").replace("/", "~1");
    // Not formatted(), which every field of every object would pay for.
    return pointer.concat("/").concat(escaped);
  }
}
