package io.meshwright.check.admission.part;

import io.meshwright.check.admission.field.Field;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as Go writes them: {@code 1.5h}, {@code 30s}, {@code -2ms}. */
public final class Span {
    private static final Pattern WHOLE =
            Pattern.compile("[-+]?(?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+");
    private static final Pattern PART = Pattern.compile("([0-9]*\\.?[0-9]*)(ns|us|µs|μs|ms|s|m|h)");
    private static final BigDecimal MILLI = BigDecimal.valueOf(nanosOf("ms"));
    private static final BigDecimal SECOND = BigDecimal.valueOf(nanosOf("s"));
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final String REMEDY = "Write a time of 1ms or more in whole milliseconds, such as 30s or 250ms.";

    private Span() {}

    /** Refuses a written time that Envoy cannot take. */
    public static void examine(Field field) {
        if (field.isSet()) {
            Optional<BigDecimal> nanos = nanos(field.text());
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
                && nanos(field.text())
                        .map(nanos -> nanos.abs().compareTo(MILLI) >= 0)
                        .orElse(true)) {
            examine(field);
        }
    }

    /** True if the time is no multiple of a second. */
    public static boolean hasFraction(Field field) {
        return nanos(field.text())
                .map(nanos -> nanos.remainder(SECOND).signum() > 0)
                .orElse(false);
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "us", "µs", "μs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> throw new IllegalArgumentException("\"%s\" is no unit of time".formatted(unit));
        };
    }

    private static Optional<BigDecimal> nanos(String text) {
        if (text.equals("0") || text.equals("+0") || text.equals("-0")) {
            return Optional.of(BigDecimal.ZERO);
        }
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal sum = BigDecimal.ZERO;
        Matcher parts = PART.matcher(text);
        while (parts.find()) {
            sum = sum.add(new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(nanosOf(parts.group(2)))));
        }
        BigDecimal nanos = text.startsWith("-") ? sum.negate() : sum;
        return nanos.abs().compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(nanos);
    }
}
