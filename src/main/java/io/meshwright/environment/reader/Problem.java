package io.meshwright.environment.reader;

import java.util.Comparator;

/**
 * One thing that is wrong in a file: where, at which key (empty for the whole file), what, and what to write instead.
 */
public record Problem(Place place, String key, String problem, String remedy) implements Comparable<Problem> {
    private static final Comparator<Problem> ORDER =
            Comparator.comparing(Problem::place).thenComparing(Problem::key).thenComparing(Problem::problem);

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:column key: what is wrong; what to do}. */
    @Override
    public String toString() {
        String at = key.isEmpty() ? "" : " %s".formatted(key);
        return "%s%s: %s; %s".formatted(place, at, problem, remedy);
    }
}
