package io.meshwright.value;

import com.google.re2j.Pattern;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Holds a value against the {@link Range} or {@link Matches} that its type declares, once for constructor and schema.
 */
public final class Bounds {
    // Looked up once for each type, since reflection makes its answers anew every time.
    private static final ClassValue<Range> RANGES = new ClassValue<>() {
        @Override
        protected Range computeValue(Class<?> type) {
            return declared(type, Range.class).orElseThrow();
        }
    };
    private static final ClassValue<Form> FORMS = new ClassValue<>() {
        @Override
        protected Form computeValue(Class<?> type) {
            return Form.of(declared(type, Matches.class).orElseThrow());
        }
    };

    private record Form(Matches matches, Pattern pattern) {
        /** RE2 and not java.util.regex: a long text must not overflow the stack. */
        static Form of(Matches matches) {
            return new Form(matches, Pattern.compile(matches.regex()));
        }
    }

    private Bounds() {}

    /** The number, when the type's {@link Range} admits it; {@link InvalidValue} with an empty key otherwise. */
    public static int check(Class<?> type, int value) {
        check(RANGES.get(type), value);
        return value;
    }

    /** The number, when the type's {@link Range} admits it; {@link InvalidValue} with an empty key otherwise. */
    public static double check(Class<?> type, double value) {
        check(RANGES.get(type), value);
        return value;
    }

    /** The text, when the type's {@link Matches} admits it; {@link InvalidValue} with an empty key otherwise. */
    public static String check(Class<?> type, String value) {
        check(FORMS.get(type), Require.present("", value));
        return value;
    }

    public static void check(Range range, double value) {
        if (!(value >= range.min() && value <= range.max())) {
            throw new InvalidValue(
                    "",
                    "\"%s\" is not between %d and %d".formatted(Plain.number(value), range.min(), range.max()),
                    "give a number from %d to %d".formatted(range.min(), range.max()));
        }
    }

    public static void check(Matches matches, String value) {
        check(Form.of(matches), value);
    }

    /** The annotation on the type itself, or on one of its record components. */
    public static <A extends Annotation> Optional<A> declared(Class<?> type, Class<A> annotation) {
        Stream<AnnotatedElement> components = type.isRecord() ? Stream.of(type.getRecordComponents()) : Stream.empty();
        return Stream.concat(Stream.of(type), components)
                .map(element -> element.getAnnotation(annotation))
                .filter(found -> found != null)
                .findFirst();
    }

    private static void check(Form form, String value) {
        int longest = form.matches().max();
        if (value.length() > longest) {
            throw new InvalidValue(
                    "", "is %d characters long".formatted(value.length()), "give at most %d".formatted(longest));
        }
        if (!form.pattern().matches(value)) {
            throw new InvalidValue(
                    "",
                    "%s is not valid".formatted(Plain.quoted(value)),
                    "give %s".formatted(form.matches().says()));
        }
    }
}
