package io.meshwright.value;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** A calendar day, such as the one on which an exception ends; compared with a given day, never with a clock. */
@Doc("Calendar day such as 2027-03-31.")
public record Day(
        @Matches(regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}", says = "a day such as 2027-03-31")
        String value) implements Comparable<Day> {
    public Day {
        Bounds.check(Day.class, value);
        parse(value);
    }

    public static Day of(String value) {
        return new Day(value);
    }

    public LocalDate date() {
        return parse(value);
    }

    private static LocalDate parse(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidValue(
                    "", "%s is not in the calendar".formatted(Plain.quoted(text)), "give a day such as 2027-03-31");
        }
    }

    @Override
    public int compareTo(Day other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
