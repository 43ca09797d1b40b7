package io.meshwright.plan.request;

import io.meshwright.manifest.Manifest;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.ObjectChanges;
import io.meshwright.plan.side.Side;
import io.meshwright.trace.Trace;
import io.meshwright.trace.request.Request;
import io.meshwright.value.InvalidValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The requests that end otherwise on the second side than on the first.
 *
 * @param changes each told once, with the requests to which the same happens
 * @param equal how many requests end alike
 * @param unaskable matches for which no request could be made up
 * @param left how many requests were not asked, since no change concerns them and others stand for them
 */
public record RequestChanges(List<Change> changes, int equal, List<String> unaskable, int left) {
    private static final int NAMED = 8;

    public RequestChanges {
        changes = List.copyOf(changes);
        unaskable = List.copyOf(unaskable);
    }

    /** None: no request can end otherwise where no object differs. */
    public static RequestChanges none() {
        return new RequestChanges(List.of(), 0, List.of(), 0);
    }

    /** Asks both sides what either suggests, and these requests. */
    public static RequestChanges between(Side before, Side after, ObjectChanges changes, List<Request> always) {
        Concern concern = new Concern(changes, before.mesh(), after.mesh());
        Questions.Asked old = Questions.of(before.mesh(), concern);
        Questions.Asked young = Questions.of(after.mesh(), concern);
        Map<String, Request> requests = new TreeMap<>(old.requests());
        requests.putAll(young.requests());
        always.forEach(request -> requests.put(Questions.key(request), request));
        Trace traceBefore = Trace.of(before.mesh());
        Trace traceAfter = Trace.of(after.mesh());
        List<Comparison> compared = requests.values().parallelStream()
                .map(request -> new Comparison(request, answer(traceBefore, request), answer(traceAfter, request)))
                .toList();
        refuseUnknownSenders(compared);
        Set<String> unaskable = new TreeSet<>(old.unaskable());
        unaskable.addAll(young.unaskable());
        Grouped grouped = new Grouped(changes);
        compared.forEach(grouped::add);
        return new RequestChanges(
                grouped.changes(), grouped.equal, List.copyOf(unaskable), Math.max(old.left(), young.left()));
    }

    private static Answer answer(Trace trace, Request request) {
        try {
            return Answer.of(trace.follow(request));
        } catch (InvalidValue noSuchSender) {
            return Answer.NOBODY_ASKS;
        }
    }

    /** Only a table can ask for a sender that neither side has. */
    private static void refuseUnknownSenders(List<Comparison> compared) {
        compared.stream()
                .filter(comparison ->
                        comparison.before() == Answer.NOBODY_ASKS && comparison.after() == Answer.NOBODY_ASKS)
                .findFirst()
                .ifPresent(comparison -> {
                    throw new InvalidValue(
                            "--table",
                            "\"%s\" asks for a sender that neither side has".formatted(comparison.subject()),
                            "write internet, or namespace and name of a workload");
                });
    }

    /** Puts requests together to which the same happens. */
    private static final class Grouped {
        private static final Comparator<Comparison> PLAINEST = Comparator.comparing(
                        (Comparison comparison) -> !comparison.request().isFromInternet())
                .thenComparing(comparison -> comparison.request().headers().size())
                .thenComparing(Comparison::subject);

        private final ObjectChanges changes;
        private final Map<Group, List<Comparison>> groups = new TreeMap<>();
        private int equal;

        Grouped(ObjectChanges changes) {
            this.changes = changes;
        }

        private record Group(ChangeRule rule, String before, String after) implements Comparable<Group> {
            @Override
            public int compareTo(Group other) {
                int byRule = rule.compareTo(other.rule);
                int byBefore = byRule != 0 ? byRule : before.compareTo(other.before);
                return byBefore != 0 ? byBefore : after.compareTo(other.after);
            }
        }

        void add(Comparison comparison) {
            List<Difference> differences = comparison.differences(changes::touches);
            if (differences.isEmpty()) {
                equal++;
            }
            differences.forEach(difference -> groups.computeIfAbsent(
                            new Group(difference.rule(), difference.before(), difference.after()),
                            none -> new ArrayList<>())
                    .add(comparison));
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
            String sentence = sentence(group, more);
            List<String> reasons = new ArrayList<>();
            reasons.add("before: %s".formatted(first.before().why()));
            reasons.add("after: %s".formatted(first.after().why()));
            deciding(first).forEach(object -> reasons.add("decided by %s".formatted(object)));
            alike.stream()
                    .filter(comparison -> comparison != first)
                    .limit(NAMED)
                    .forEach(comparison -> reasons.add("also: %s".formatted(comparison.subject())));
            if (alike.size() > NAMED + 1) {
                reasons.add("also: %d more".formatted(alike.size() - NAMED - 1));
            }
            return group.rule().of(first.subject(), sentence).because(reasons);
        }

        private static String sentence(Group group, String more) {
            if (group.rule() != ChangeRule.REQUEST_UNKNOWN) {
                return "was %s, is %s%s".formatted(group.before(), group.after(), more);
            }
            return group.before().equals(group.after())
                    ? "cannot be told on either side, %s%s".formatted(group.before(), more)
                    : "cannot be told: was %s, is %s%s".formatted(group.before(), group.after(), more);
        }

        /** The objects of this change that had a say. */
        private List<String> deciding(Comparison comparison) {
            return Stream.concat(
                            comparison.before().deciding(), comparison.after().deciding())
                    .filter(changes::touches)
                    .map(Manifest::toString)
                    .distinct()
                    .sorted()
                    .collect(Collectors.toList());
        }
    }
}
