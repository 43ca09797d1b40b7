package io.meshwright.mesh.terms;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as Go writes them: {@code 1.5h}, {@code 30s}, {@code -2ms} (time.ParseDuration). */
public final class GoTime {
    private static final Pattern WHOLE =
            Pattern.compile("[-+]?(?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+");
    private static final Pattern PART = Pattern.compile("([0-9]*\\.?[0-9]*)(ns|us|µs|μs|ms|s|m|h)");
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal SECOND = BigDecimal.valueOf(nanosOf("s"));

    private GoTime() {}

    /** The seconds of a written time, with their parts; empty for what is no time. */
    public static Optional<BigDecimal> seconds(String text) {
        return nanos(text).map(nanos -> nanos.divide(SECOND));
    }

    /** The nanoseconds of a written time; empty for what is no time, or longer than 292 years. */
    public static Optional<BigDecimal> nanos(String text) {
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
}
