package io.meshwright.environment.reader;

import io.meshwright.value.Plain;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Tag;

/** Makes one scalar a text, a number, an enum constant or a value type. */
final class ValueBinding {
    private final Problems problems;
    private final Scalars scalars;

    ValueBinding(Problems problems) {
        this.problems = problems;
        this.scalars = new Scalars(problems);
    }

    static boolean binds(Class<?> type) {
        return type.isPrimitive()
                || type == String.class
                || type == Boolean.class
                || Number.class.isAssignableFrom(type)
                || type.isEnum()
                || ScalarFactories.isValue(type);
    }

    Optional<String> text(Spot spot) {
        return scalars.text(spot);
    }

    Optional<?> bind(Class<?> type, Spot spot) {
        if (type == String.class) {
            return scalars.text(spot);
        } else if (type == Integer.class || type == int.class) {
            return scalars.integer(spot);
        } else if (type == Long.class || type == long.class) {
            return scalars.whole(spot);
        } else if (type == Double.class || type == double.class) {
            return scalars.number(spot);
        } else if (type == Boolean.class || type == boolean.class) {
            return scalars.truth(spot);
        } else if (type.isEnum()) {
            return constant(type, spot);
        }
        return make(type, spot);
    }

    /** A whole record by the factory that takes its one word. */
    Optional<?> shorthand(Method factory, Spot spot) {
        return bind(factory.getParameterTypes()[0], spot).flatMap(value -> invoke(spot, factory, value));
    }

    /** By the factory that takes what stands in the file, else by any: its refusal then says what is wanted. */
    private Optional<?> make(Class<?> type, Spot spot) {
        ScalarFactories factories = ScalarFactories.of(type);
        Optional<Method> integer = factories.integer();
        boolean whole = spot.node().getTag().equals(Tag.INT);
        boolean decimal = whole || spot.node().getTag().equals(Tag.FLOAT);
        if (integer.isPresent()
                && (whole || factories.text().isEmpty() && factories.number().isEmpty())) {
            return scalars.integer(spot).flatMap(value -> invoke(spot, integer.get(), value));
        } else if (factories.number().isPresent()
                && (decimal || factories.text().isEmpty())) {
            return scalars.number(spot)
                    .flatMap(value -> invoke(spot, factories.number().get(), value));
        }
        return scalars.text(spot).flatMap(value -> invoke(spot, factories.text().orElseThrow(), value));
    }

    private Optional<Object> invoke(Spot spot, Method factory, Object value) {
        factory.setAccessible(true);
        return Making.of(() -> factory.invoke(null, value), spot, problems);
    }

    private Optional<?> constant(Class<?> type, Spot spot) {
        Map<String, Field> words = Words.ofEnum(type);
        Optional<String> word = scalars.text(spot);
        if (word.isPresent() && !words.containsKey(word.get())) {
            problems.add(
                    spot,
                    "%s is unknown".formatted(Plain.quoted(word.get())),
                    Suggestions.remedy(word.get(), words.keySet()));
        }
        return word.map(words::get).map(field -> Enum.valueOf(type.asSubclass(Enum.class), field.getName()));
    }
}
