package io.meshwright.plan.change;

import java.util.Comparator;
import java.util.List;

/**
 * One thing that a change does.
 *
 * @param subject the object or the request that it happens to, which an acceptance names
 * @param sentence what happens, for people
 * @param reasons why, on either side, and what else it happens to
 */
public record Change(ChangeRule rule, String subject, String sentence, List<String> reasons)
        implements Comparable<Change> {
    private static final Comparator<Change> ORDER = Comparator.comparing(Change::risk)
            .reversed()
            .thenComparing(Change::rule)
            .thenComparing(Change::subject)
            .thenComparing(Change::sentence)
            .thenComparing(change -> String.join("\n", change.reasons()));

    public Change {
        reasons = List.copyOf(reasons);
    }

    public Risk risk() {
        return rule.risk();
    }

    /** The same with reasons. */
    public Change because(List<String> why) {
        return new Change(rule, subject, sentence, why);
    }

    /** The worst first. */
    @Override
    public int compareTo(Change other) {
        return ORDER.compare(this, other);
    }

    /** {@code PLAN101 subject: sentence}. */
    @Override
    public String toString() {
        return "%s %s: %s".formatted(rule.code(), subject, sentence);
    }
}
