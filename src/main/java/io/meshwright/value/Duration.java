package io.meshwright.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as Go, Istio and Kubernetes write it: {@code 30s}, {@code 1h30m}, {@code 250ms}. */
@Doc("Time in hours, minutes, seconds and milliseconds, largest first: 30s, 5m, 1h30m, 250ms.")
@Matches(regex = "([0-9]{1,9}(ms|s|m|h)){1,4}", says = "a time such as 30s, 5m, 1h30m or 250ms")
public record Duration(long millis) implements Comparable<Duration> {
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final Pattern PARTS = Pattern.compile("(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?");

    public Duration {
        if (millis < 0) {
            throw new InvalidValue("", "\"%dms\" is negative".formatted(millis), "give a time of 0s or more");
        }
    }

    public static Duration of(String text) {
        Matcher parts = PARTS.matcher(Bounds.check(Duration.class, text));
        if (!parts.matches()) {
            throw new InvalidValue(
                    "",
                    "%s is not in order".formatted(Plain.quoted(text)),
                    "give each unit once, the largest first, such as 1h30m");
        }
        return new Duration(part(parts, 1) * HOUR + part(parts, 2) * MINUTE + part(parts, 3) * SECOND + part(parts, 4));
    }

    public static Duration ofSeconds(long seconds) {
        return new Duration(seconds * SECOND);
    }

    /** Whole seconds; a rest of milliseconds is cut off. */
    public long seconds() {
        return millis / SECOND;
    }

    /** In seconds, with a fraction where one is left: the one form that messages of Envoy and Istio take in JSON. */
    public String inSeconds() {
        long rest = millis % SECOND;
        return rest == 0 ? "%ds".formatted(seconds()) : "%d.%03ds".formatted(seconds(), rest);
    }

    public boolean isZero() {
        return millis == 0;
    }

    public Duration times(int factor) {
        return new Duration(Math.multiplyExact(millis, factor));
    }

    private static long part(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
    }

    @Override
    public int compareTo(Duration other) {
        return Long.compare(millis, other.millis);
    }

    /** Units that are zero are left out: {@code 90s} is {@code 1m30s}. */
    @Override
    public String toString() {
        if (isZero()) {
            return "0s";
        }
        return unit(millis / HOUR, "h")
                + unit(millis % HOUR / MINUTE, "m")
                + unit(millis % MINUTE / SECOND, "s")
                + unit(millis % SECOND, "ms");
    }

    private static String unit(long amount, String unit) {
        return amount == 0 ? "" : amount + unit;
    }
}
