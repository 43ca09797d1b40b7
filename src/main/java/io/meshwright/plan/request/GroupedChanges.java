package io.meshwright.plan.request;

import io.meshwright.manifest.Manifest;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.ObjectChanges;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Puts requests together to which the same happens, and those of a sender that is new. */
final class GroupedChanges {
    private static final int NAMED = 8;
    private static final Comparator<Comparison> PLAINEST = Comparator.comparing(
                    (Comparison comparison) -> !comparison.request().isFromInternet())
            .thenComparing(comparison -> comparison.request().headers().size())
            .thenComparing(Comparison::subject);

    private final ObjectChanges changes;
    private final Map<Group, List<Comparison>> groups = new TreeMap<>();
    private int equal;

    GroupedChanges(ObjectChanges changes) {
        this.changes = changes;
    }

    /** Of a sender that is new all requests that arrive are one group, wherever they do. */
    private record Group(ChangeRule rule, String before, String after) implements Comparable<Group> {
        static Group of(Comparison comparison, Difference difference) {
            boolean isNew =
                    comparison.before() == Answer.NOBODY_ASKS && difference.rule() == ChangeRule.REQUEST_ARRIVES;
            return new Group(
                    difference.rule(),
                    difference.before(),
                    isNew ? comparison.request().from() : difference.after());
        }

        @Override
        public int compareTo(Group other) {
            int byRule = rule.compareTo(other.rule);
            int byBefore = byRule != 0 ? byRule : before.compareTo(other.before);
            return byBefore != 0 ? byBefore : after.compareTo(other.after);
        }
    }

    void add(Comparison comparison) {
        List<Difference> differences = comparison.differences(changes::touchesTraffic);
        if (differences.isEmpty()) {
            equal++;
        }
        differences.forEach(
                difference -> groups.computeIfAbsent(Group.of(comparison, difference), none -> new ArrayList<>())
                        .add(comparison));
    }

    /** The number of requests that end alike. */
    int equal() {
        return equal;
    }

    List<Change> changes() {
        return groups.entrySet().stream()
                .map(entry -> change(entry.getKey(), entry.getValue()))
                .sorted()
                .toList();
    }

    private Change change(Group group, List<Comparison> alike) {
        Comparison first = Collections.min(alike, PLAINEST);
        String more = alike.size() == 1 ? "" : ", and %d more".formatted(alike.size() - 1);
        String sentence = sentence(group, first, more);
        List<String> reasons = new ArrayList<>();
        reasons.add("before: %s".formatted(first.before().why()));
        reasons.add("after: %s".formatted(first.after().why()));
        deciding(first).forEach(object -> reasons.add("decided by %s".formatted(object)));
        alike.stream()
                .filter(comparison -> comparison != first)
                .sorted(PLAINEST)
                .limit(NAMED)
                .forEach(comparison -> reasons.add("also: %s".formatted(comparison.subject())));
        if (alike.size() > NAMED + 1) {
            reasons.add("also: %d more".formatted(alike.size() - NAMED - 1));
        }
        return group.rule().of(first.subject(), sentence).because(reasons);
    }

    private static String sentence(Group group, Comparison first, String more) {
        if (group.rule() == ChangeRule.REQUEST_UNKNOWN) {
            return group.before().equals(group.after())
                    ? "cannot be told on either side, %s%s".formatted(group.before(), more)
                    : "cannot be told: was %s, is %s%s".formatted(group.before(), group.after(), more);
        }
        boolean isNew = group.after().equals(first.request().from());
        return "was %s, is %s%s".formatted(group.before(), isNew ? first.after().end() : group.after(), more);
    }

    /** The objects of this change that had a say. */
    private List<String> deciding(Comparison comparison) {
        return Stream.concat(comparison.before().deciding(), comparison.after().deciding())
                .filter(changes::touchesTraffic)
                .map(Manifest::toString)
                .distinct()
                .sorted()
                .toList();
    }
}
