package io.meshwright.environment.reader;

import io.meshwright.value.Shorthand;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a record is made from one scalar: a value type, which has one component, by its static {@code of}; any other record
 * by factories that say {@link Shorthand}.
 */
record ScalarFactories(Optional<Method> text, Optional<Method> integer, Optional<Method> number) {

  static ScalarFactories of(Class<?> type) {
    return new ScalarFactories(factory(type, String.class), factory(type, int.class), factory(type, double.class));
  }

  /** Whether the record is always one scalar and never a mapping. */
  static boolean isValue(Class<?> type) {
    return type.isRecord() && type.getRecordComponents().length == 1 && !of(type).none();
  }

  boolean none() {
    return text.isEmpty() && integer.isEmpty() && number.isEmpty();
  }

  private static Optional<Method> factory(Class<?> type, Class<?> parameter) {
    boolean value = type.isRecord() && type.getRecordComponents().length == 1;
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isStatic(method.getModifiers()) && method.getReturnType() == type)
        .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {parameter}))
        .filter(method -> method.isAnnotationPresent(Shorthand.class) || value && method.getName().equals("of"))
        .findFirst();
  }
}
