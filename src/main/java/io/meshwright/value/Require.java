package io.meshwright.value;

import java.util.Collection;
import java.util.Map;

/** Checks of compact constructors; each returns the value that it let through. */
public final class Require {
    private Require() {}

    public static <T> T present(String key, T value) {
        that(value != null, key, "is missing", "add it");
        return value;
    }

    public static String notBlank(String key, String value) {
        that(!present(key, value).isBlank(), key, "is empty", "give a text");
        return value;
    }

    public static <C extends Collection<?>> C notEmpty(String key, C values) {
        that(!present(key, values).isEmpty(), key, "is empty", "give at least one entry");
        return values;
    }

    public static <M extends Map<?, ?>> M notEmpty(String key, M values) {
        that(!present(key, values).isEmpty(), key, "is empty", "give at least one entry");
        return values;
    }

    public static int inRange(String key, int value, int min, int max) {
        that(
                value >= min && value <= max,
                key,
                "\"%d\" is not between %d and %d".formatted(value, min, max),
                "give a whole number from %d to %d".formatted(min, max));
        return value;
    }

    public static void that(boolean holds, String key, String problem, String remedy) {
        if (!holds) {
            throw new InvalidValue(key, problem, remedy);
        }
    }
}
