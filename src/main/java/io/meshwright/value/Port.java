package io.meshwright.value;

/** A TCP or UDP port. */
@Doc("Port number, 1 to 65535.")
@Sample("8080")
public record Port(@Range(min = 1, max = 65535) int value) implements Comparable<Port> {
    public Port {
        Bounds.check(Port.class, value);
    }

    public static Port of(int value) {
        return new Port(value);
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
