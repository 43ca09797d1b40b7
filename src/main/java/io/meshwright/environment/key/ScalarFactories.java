package io.meshwright.environment.key;

import io.meshwright.value.Shorthand;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The methods that make a value type, a record of one component with a static {@code of}, from one scalar. */
public record ScalarFactories(Optional<Method> text, Optional<Method> integer, Optional<Method> number) {
    private static final ClassValue<ScalarFactories> FACTORIES = PerType.of(type ->
            new ScalarFactories(factory(type, String.class), factory(type, int.class), factory(type, double.class)));
    private static final ClassValue<Boolean> VALUES =
            PerType.of(type -> type.isRecord() && type.getRecordComponents().length == 1 && of(type).makesSome());
    private static final ClassValue<Optional<Method>> SHORTHANDS = PerType.of(type -> factories(type)
            .filter(method -> method.isAnnotationPresent(Shorthand.class))
            .findFirst());

    public static ScalarFactories of(Class<?> type) {
        return FACTORIES.get(type);
    }

    /** True if the type is always one scalar and never a mapping. */
    public static boolean isValue(Class<?> type) {
        return VALUES.get(type);
    }

    /** The factory by which one scalar may stand for the whole record. */
    public static Optional<Method> shorthand(Class<?> type) {
        return SHORTHANDS.get(type);
    }

    private boolean makesSome() {
        return text.isPresent() || integer.isPresent() || number.isPresent();
    }

    private static Optional<Method> factory(Class<?> type, Class<?> parameter) {
        return factories(type)
                .filter(method -> method.getName().equals("of"))
                .filter(method -> method.getParameterTypes()[0] == parameter)
                .findFirst();
    }

    private static Stream<Method> factories(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getReturnType() == type && method.getParameterCount() == 1);
    }
}
