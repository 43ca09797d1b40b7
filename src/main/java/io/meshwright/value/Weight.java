package io.meshwright.value;

/** The share of a route's traffic that one destination gets, in whole percent as Istio counts it. */
@Doc("Share of the traffic in whole percent, 0 to 100.")
@Sample("10")
public record Weight(@Range(min = 0, max = 100) int value) implements Comparable<Weight> {
    private static final int ALL = 100;

    public Weight {
        Bounds.check(Weight.class, value);
    }

    public static Weight of(int value) {
        return new Weight(value);
    }

    public static Weight percent(int value) {
        return new Weight(value);
    }

    /** The share that is left of the traffic. */
    public Weight rest() {
        return new Weight(ALL - value);
    }

    @Override
    public int compareTo(Weight other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
