package io.meshwright.manifest;

import java.util.Comparator;

/** A place in a file; line and column count from 1, and column counts characters, not bytes. */
public record Place(String file, int line, int column) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::file).thenComparingInt(Place::line).thenComparingInt(Place::column);

    /** A file as a whole. */
    public static Place of(String file) {
        return new Place(file, 1, 1);
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:column}, as compilers print it. */
    @Override
    public String toString() {
        return "%s:%d:%d".formatted(file, line, column);
    }
}
