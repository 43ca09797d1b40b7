package io.meshwright.value;

import java.util.List;
import java.util.stream.Collectors;

/** Several values that are wrong together or at once; thrown so that a person sees all of them in one run. */
public final class InvalidValues extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<InvalidValue> values;

    public InvalidValues(List<InvalidValue> values) {
        super(values.stream().map(InvalidValue::getMessage).collect(Collectors.joining("\n")));
        this.values = List.copyOf(values);
    }

    public List<InvalidValue> values() {
        return values;
    }

    /** Throws when there is anything to say. */
    public static void throwIfAny(List<InvalidValue> values) {
        if (!values.isEmpty()) {
            throw new InvalidValues(values);
        }
    }
}
