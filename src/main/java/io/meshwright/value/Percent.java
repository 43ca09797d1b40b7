package io.meshwright.value;

/** A share of something that may be a fraction of a percent, such as traces sampled at 0.1 %. */
@Doc("Percentage, 0 to 100; fractions allowed.")
@Sample("99.5")
public record Percent(@Range(min = 0, max = 100) double value) implements Comparable<Percent> {
    public Percent {
        Bounds.check(Percent.class, value);
        value = value == 0 ? 0 : value;
    }

    public static Percent of(double value) {
        return new Percent(value);
    }

    @Override
    public int compareTo(Percent other) {
        return Double.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Plain.number(value);
    }
}
