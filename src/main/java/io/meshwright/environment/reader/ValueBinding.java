package io.meshwright.environment.reader;

import io.meshwright.environment.key.ScalarFactories;
import io.meshwright.environment.key.Suggestions;
import io.meshwright.environment.key.Words;
import io.meshwright.value.Plain;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.ScalarNode;
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

    Optional<String> text(PlacedNode placed) {
        return scalars.text(placed);
    }

    Optional<?> bind(Class<?> type, PlacedNode placed) {
        if (type == String.class) {
            return scalars.text(placed);
        } else if (type == Integer.class || type == int.class) {
            return scalars.integer(placed);
        } else if (type == Long.class || type == long.class) {
            return scalars.whole(placed);
        } else if (type == Double.class || type == double.class) {
            return scalars.number(placed);
        } else if (type == Boolean.class || type == boolean.class) {
            return scalars.truth(placed);
        } else if (type.isEnum()) {
            return constant(type, placed);
        }
        return make(type, placed);
    }

    /** By the factory that takes what stands in the file, else by any: its refusal then says what is wanted. */
    private Optional<?> make(Class<?> type, PlacedNode placed) {
        ScalarFactories factories = ScalarFactories.of(type);
        Optional<Method> integer = factories.integer();
        boolean whole = placed.node().getTag().equals(Tag.INT);
        boolean decimal = whole || placed.node().getTag().equals(Tag.FLOAT);
        if (integer.isPresent()
                && (whole || factories.text().isEmpty() && factories.number().isEmpty())) {
            return scalars.integer(placed).flatMap(value -> invoke(placed, integer.get(), value));
        } else if (factories.number().isPresent()
                && (decimal || factories.text().isEmpty())) {
            return scalars.number(placed)
                    .flatMap(value -> invoke(placed, factories.number().get(), value));
        }
        Method text = factories.text().orElseThrow();
        // Quotes help where the text is right in them; else what is wanted is the better answer, as for 30 seconds.
        if (!placed.isText()
                && placed.node() instanceof ScalarNode
                && invoke(placed, text, placed.text()).isEmpty()) {
            return Optional.empty();
        }
        return scalars.text(placed).flatMap(value -> invoke(placed, text, value));
    }

    Optional<Object> invoke(PlacedNode placed, Method factory, Object value) {
        factory.setAccessible(true);
        return Instantiation.of(() -> factory.invoke(null, value), placed, problems);
    }

    private Optional<?> constant(Class<?> type, PlacedNode placed) {
        Map<String, Field> words = Words.ofEnum(type);
        Optional<String> word = scalars.text(placed);
        if (word.isPresent() && !words.containsKey(word.get())) {
            problems.add(
                    placed,
                    "%s is unknown".formatted(Plain.quoted(word.get())),
                    Suggestions.remedy(word.get(), words.keySet()));
        }
        return word.map(words::get)
                .flatMap(field -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> ((Enum<?>) constant).name().equals(field.getName()))
                        .findFirst());
    }
}
