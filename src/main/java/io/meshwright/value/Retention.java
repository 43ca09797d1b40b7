package io.meshwright.value;

/** The time for which metrics or logs are kept, in the one form that Prometheus and Loki both take. */
@Doc("Time in hours, days or weeks: 12h, 7d, 5w.")
public record Retention(
        @Matches(regex = "[1-9][0-9]{0,4}[hdw]", says = "a time such as 12h, 7d or 5w")
        String value) implements Comparable<Retention> {
    private static final long DAY = 24;

    public Retention {
        Bounds.check(Retention.class, value);
    }

    public static Retention of(String value) {
        return new Retention(value);
    }

    public long hours() {
        long amount = Long.parseLong(value.substring(0, value.length() - 1));
        return switch (value.charAt(value.length() - 1)) {
            case 'h' -> amount;
            case 'd' -> amount * DAY;
            default -> amount * DAY * 7;
        };
    }

    /** This one, for what is deleted by the day. */
    public Retention inWholeDays(String key) {
        Require.that(
                hours() % DAY == 0,
                key,
                "\"%s\" is not a number of whole days".formatted(value),
                "give days, such as 7d");
        return this;
    }

    @Override
    public int compareTo(Retention other) {
        return Long.compare(hours(), other.hours());
    }

    @Override
    public String toString() {
        return value;
    }
}
