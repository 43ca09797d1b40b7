package io.meshwright.plan.change;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The worst that a change can do, from nothing to what cuts requests off or destroys data. */
public enum Risk {
    NONE,
    LOW,
    REVIEW,
    DANGEROUS;

    /** The highest of several; none of none. */
    public static Risk highest(Collection<Risk> risks) {
        return risks.stream().max(Risk::compareTo).orElse(NONE);
    }

    /** {@code none}, {@code low}, {@code review} or {@code dangerous}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Risk> of(String word) {
        return Arrays.stream(values()).filter(risk -> risk.word().equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Risk::word).toList();
    }

    public boolean isAtLeast(Risk other) {
        return compareTo(other) >= 0;
    }
}
