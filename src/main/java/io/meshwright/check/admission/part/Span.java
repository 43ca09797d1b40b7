package io.meshwright.check.admission.part;

import io.meshwright.check.admission.field.Field;
import io.meshwright.mesh.terms.GoTime;
import java.math.BigDecimal;
import java.util.Optional;

/** Lengths of time as Go writes them, with what Istio asks of them. */
public final class Span {
    private static final BigDecimal MILLI = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal SECOND = BigDecimal.valueOf(1_000_000_000);
    private static final String REMEDY = "Write a time of 1ms or more in whole milliseconds, such as 30s or 250ms.";

    private Span() {}

    /** Refuses a written time that Envoy cannot take. */
    public static void examine(Field field) {
        if (field.isSet()) {
            Optional<BigDecimal> nanos = GoTime.nanos(field.text());
            if (nanos.isEmpty()) {
                field.refuse("\"%s\" is no time".formatted(field.text()), REMEDY);
            } else if (nanos.get().compareTo(MILLI) < 0) {
                field.refuse("\"%s\" is shorter than 1ms".formatted(field.text()), REMEDY);
            } else if (nanos.get().remainder(MILLI).signum() != 0) {
                field.refuse("\"%s\" is not in whole milliseconds".formatted(field.text()), REMEDY);
            }
        }
    }

    /** The same where less than a millisecond switches the limit off. */
    public static void examineUnlessOff(Field field) {
        if (field.isSet()
                && GoTime.nanos(field.text())
                        .map(nanos -> nanos.abs().compareTo(MILLI) >= 0)
                        .orElse(true)) {
            examine(field);
        }
    }

    /** True if the time is no multiple of a second. */
    public static boolean hasFraction(Field field) {
        return GoTime.nanos(field.text())
                .map(nanos -> nanos.remainder(SECOND).signum() > 0)
                .orElse(false);
    }
}
