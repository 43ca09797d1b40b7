package io.meshwright.value;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks of compact constructors; each returns the value that it let through. */
public final class Require {
    private Require() {}

    public static <T> T present(String key, @Nullable T value) {
        if (value == null) {
            throw new InvalidValue(key, "is missing", "add it");
        }
        return value;
    }

    public static String notBlank(String key, @Nullable String value) {
        String text = present(key, value);
        that(!text.isBlank(), key, "is empty", "give a text");
        return text;
    }

    public static <C extends Collection<?>> C notEmpty(String key, @Nullable C values) {
        C present = present(key, values);
        that(!present.isEmpty(), key, "is empty", "give at least one entry");
        return present;
    }

    public static <M extends Map<?, ?>> M notEmpty(String key, @Nullable M values) {
        M present = present(key, values);
        that(!present.isEmpty(), key, "is empty", "give at least one entry");
        return present;
    }

    public static int inRange(String key, int value, int min, int max) {
        that(
                value >= min && value <= max,
                key,
                "\"%d\" is not between %d and %d".formatted(value, min, max),
                "give a whole number from %d to %d".formatted(min, max));
        return value;
    }

    /** Admits a kind of objects, {@code Kind} or {@code group/Kind}. */
    public static String kind(String key, String kind) {
        that(
                kind.matches("([a-z0-9][-a-z0-9.]*/)?[A-Z][A-Za-z0-9]*"),
                key,
                "\"%s\" is no kind".formatted(kind),
                "write Kind or group/Kind, such as networking.k8s.io/Ingress");
        return kind;
    }

    public static void that(boolean holds, String key, String problem, String remedy) {
        if (!holds) {
            throw new InvalidValue(key, problem, remedy);
        }
    }
}
