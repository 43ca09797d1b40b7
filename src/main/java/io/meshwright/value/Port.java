package io.meshwright.value;

/** A TCP or UDP port. */
@Doc("Port number, 1 to 65535.")
@Sample("8080")
public record Port(@Range(min = 1, max = Port.LAST) int value) implements Comparable<Port> {
    static final int LAST = 65_535;

    public Port {
        Bounds.check(Port.class, value);
    }

    public static Port of(int value) {
        return new Port(value);
    }

    /**
     * Admits the number of a port to listen on.
     *
     * @param key of the setting, for its refusal
     * @param number from 0 to 65535; 0 stands for one that is free
     */
    public static int orFree(String key, int number) {
        Require.that(
                number >= 0 && number <= LAST, key, "%d is no port".formatted(number), "write 0 to %d".formatted(LAST));
        return number;
    }

    @Override
    public int compareTo(Port other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
