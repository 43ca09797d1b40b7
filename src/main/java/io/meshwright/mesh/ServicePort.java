package io.meshwright.mesh;

import java.util.OptionalInt;

/**
 * A port under which a service is called; {@code target} is a number, the name of a container's port, or empty for the
 * same number.
 */
public record ServicePort(int number, String name, Protocol protocol, String target, Source source) {

  /** The port on which that pod hears it; empty when the pod declares no port of the target's name. */
  public OptionalInt on(Pod pod) {
    if (target.isEmpty()) {
      return OptionalInt.of(number);
    }
    return isNumber(target) ? OptionalInt.of(Integer.parseInt(target)) : pod.port(target);
  }

  /** Targets that are written as a number in quotes are names that happen to be digits to nobody. */
  private static boolean isNumber(String target) {
    return target.length() <= 5 && target.chars().allMatch(character -> character >= '0' && character <= '9');
  }
}
