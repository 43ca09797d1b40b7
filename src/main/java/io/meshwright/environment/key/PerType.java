package io.meshwright.environment.key;

import java.util.function.Function;

/** Finds something of each type once, since reflection makes its answers anew every time. */
public final class PerType {
    private PerType() {}

    /** Asks {@code find} about each type no more than once, unless threads ask at the same time. */
    public static <T> ClassValue<T> of(Function<Class<?>, T> find) {
        return new ClassValue<>() {
            @Override
            protected T computeValue(Class<?> type) {
                return find.apply(type);
            }
        };
    }
}
