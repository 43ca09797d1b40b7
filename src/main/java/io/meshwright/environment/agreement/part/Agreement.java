package io.meshwright.environment.agreement.part;

import io.meshwright.environment.Environment;
import io.meshwright.value.InvalidValue;
import java.util.List;

/**
 * A rule over several values of one environment file, each of which is right by itself. A rule that whoever composes
 * constructs in Java needs too is one function in {@code value/}, to which an agreement gives the places of the file.
 */
@FunctionalInterface
public interface Agreement {
    /** Every place where the file breaks the rule; nothing is thrown, whatever other rules it breaks. */
    List<InvalidValue> refusals(Environment environment);

    /** The class's name, which its examples have too. */
    default String name() {
        return getClass().getSimpleName();
    }
}
