package io.meshwright.mesh.extension;

import java.util.ArrayList;
import java.util.List;

/**
 * The type of a field of a message, as the table of messages writes it.
 *
 * @param shape how often the field has a value
 * @param kind a word such as {@code uint32} or {@code any}, or the whole name of a message
 * @param choice the whole name of the enum of kind {@code enum}, else empty
 * @param required whether Envoy refuses a message without the field
 * @param orEmpty whether an empty text passes whatever the bounds are
 * @param bounds outside these Envoy refuses the field
 */
public record FieldType(
        Shape shape, String kind, String choice, boolean required, boolean orEmpty, List<Bound> bounds) {
    /** The kind of a message that says of which type it is. */
    public static final String ANY = "any";

    private static final String ENUM = "enum";

    /** A field with one value or with several. */
    public enum Shape {
        ONE,
        LIST,
        MAP
    }

    static FieldType of(String written) {
        List<String> words = new ArrayList<>(List.of(written.split(" ")));
        Shape shape = switch (words.get(0)) {
            case "list" -> Shape.LIST;
            case "map" -> Shape.MAP;
            default -> Shape.ONE;
        };
        if (shape != Shape.ONE) {
            words.remove(0);
        }
        String kind = words.remove(0);
        String choice = kind.equals(ENUM) ? words.remove(0) : "";
        boolean required = words.remove("required");
        boolean orEmpty = words.remove("or-empty");
        return new FieldType(
                shape,
                kind,
                choice,
                required,
                orEmpty,
                words.stream().map(Bound::of).toList());
    }

    /** The type of one value of a list or mapping. */
    FieldType single() {
        return new FieldType(Shape.ONE, kind, choice, false, orEmpty, bounds);
    }

    /** True for a length of time, whose bounds are in seconds. */
    boolean isTime() {
        return kind.equals("duration");
    }
}
