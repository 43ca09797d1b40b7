package io.meshwright.value;

import com.google.re2j.Pattern;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds a value against the {@link Range} or {@link Matches} that its type declares, once for constructor and schema. */
public final class Bounds {
  // RE2 and not java.util.regex: a long text must not overflow the stack.
  private static final ClassValue<Pattern> PATTERNS = new ClassValue<>() {
    @Override
    protected Pattern computeValue(Class<?> type) {
      return Pattern.compile(declared(type, Matches.class).orElseThrow().regex());
    }
  };

  private Bounds() {}

  /** The number, when the type's {@link Range} admits it; {@link InvalidValue} with an empty key otherwise. */
  public static int check(Class<?> type, int value) {
    Range range = declared(type, Range.class).orElseThrow();
    check(range, value);
    return value;
  }

  /** The number, when the type's {@link Range} admits it; {@link InvalidValue} with an empty key otherwise. */
  public static double check(Class<?> type, double value) {
    Range range = declared(type, Range.class).orElseThrow();
    check(range, value);
    return value;
  }

  /** The text, when the type's {@link Matches} admits it; {@link InvalidValue} with an empty key otherwise. */
  public static String check(Class<?> type, String value) {
    Matches matches = declared(type, Matches.class).orElseThrow();
    check(matches, PATTERNS.get(type), Require.present("", value));
    return value;
  }

  public static void check(Range range, double value) {
    Require.that(value >= range.min() && value <= range.max(), "",
        "\"%s\" is not between %d and %d".formatted(Plain.number(value), range.min(), range.max()),
        "give a number from %d to %d".formatted(range.min(), range.max()));
  }

  public static void check(Matches matches, String value) {
    check(matches, Pattern.compile(matches.regex()), value);
  }

  /** The annotation on the type itself, or on one of its record components. */
  public static <A extends Annotation> Optional<A> declared(Class<?> type, Class<A> annotation) {
    Stream<AnnotatedElement> components = type.isRecord() ? Stream.of(type.getRecordComponents()) : Stream.empty();
    return Stream.concat(Stream.of(type), components).map(element -> element.getAnnotation(annotation))
        .filter(found -> found != null).findFirst();
  }

  private static void check(Matches matches, Pattern pattern, String value) {
    Require.that(value.length() <= matches.max(), "",
        "is %d characters long".formatted(value.length()), "give at most %d".formatted(matches.max()));
    Require.that(pattern.matches(value), "", "%s is not valid".formatted(Plain.quoted(value)),
        "give %s".formatted(matches.says()));
  }
}
