package io.meshwright.environment.reader;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.InvalidValues;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls a constructor or factory and puts what it refuses at its place in the file. */
final class Instantiation {
    private Instantiation() {}

    /** A reflective call. */
    interface Call {
        Object run() throws ReflectiveOperationException;
    }

    static Optional<Object> of(Call call, PlacedNode placed, Problems problems) {
        try {
            return Optional.of(call.run());
        } catch (InvocationTargetException e) {
            refuse(e.getCause(), placed, problems);
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    // Anything but a refusal is a fault of the record, which must not be blamed on the file.
    private static void refuse(@Nullable Throwable thrown, PlacedNode placed, Problems problems) {
        if (thrown instanceof InvalidValue refusal) {
            report(refusal, placed, problems);
        } else if (thrown instanceof InvalidValues refusals) {
            refusals.values().forEach(refusal -> report(refusal, placed, problems));
        } else {
            throw new IllegalStateException("%s: cannot be made".formatted(placed.path()), thrown);
        }
    }

    private static void report(InvalidValue refusal, PlacedNode placed, Problems problems) {
        Locator.report(problems, placed, refusal);
    }
}
