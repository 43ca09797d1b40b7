package io.meshwright.environment.key;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Suggests what to write instead of an unknown word: the nearest known one, and all of them where they are few. */
public final class Suggestions {
    private static final double NEAR = 0.85;
    private static final double SLIP = 0.92;
    private static final int FEW = 12;
    private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();

    private Suggestions() {}

    /** True if a word is another one but for a letter or two. */
    public static boolean isSlip(String word, String meant) {
        return likeness(word, meant) >= SLIP && Math.abs(word.length() - meant.length()) <= 2;
    }

    public static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> likeness(word, candidate) >= NEAR && isAlikeLong(word, candidate))
                .max(Comparator.<String>comparingDouble(candidate -> likeness(word, candidate))
                        .thenComparing(Comparator.reverseOrder()));
    }

    /** Reads after {@code ;}: {@code write "hosts" (known: name, hosts, port)}. */
    public static String remedy(String word, Collection<String> known) {
        String all = known.size() > FEW ? "" : " (known: %s)".formatted(list(known));
        return nearest(word, known)
                .map(near -> "write \"%s\"%s".formatted(near, all))
                .orElseGet(() -> "use one of %s".formatted(list(known)));
    }

    private static String list(Collection<String> known) {
        List<String> shown = known.stream().limit(FEW).toList();
        String more = known.size() > FEW ? " and %d more".formatted(known.size() - FEW) : "";
        return "%s%s".formatted(String.join(", ", shown), more);
    }

    /** A long word that begins as a short one does is another: imagePullSecrets is no image. */
    private static boolean isAlikeLong(String word, String candidate) {
        int longer = Math.max(word.length(), candidate.length());
        return 2 * Math.min(word.length(), candidate.length()) > longer;
    }

    private static double likeness(String word, String candidate) {
        return SIMILARITY.apply(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
    }
}
