package io.meshwright.plan.request;

import io.meshwright.plan.change.Change;
import io.meshwright.plan.object.ObjectChanges;
import io.meshwright.plan.side.Side;
import io.meshwright.trace.Trace;
import io.meshwright.trace.request.Request;
import io.meshwright.value.InvalidValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The requests that end otherwise on the second side than on the first.
 *
 * @param changes each told once, with the requests to which the same happens
 * @param equal how many requests end alike
 * @param unaskable matches for which no request could be made up
 * @param left how many requests were not asked, since no change concerns them and others stand for them
 */
public record RequestChanges(List<Change> changes, int equal, List<String> unaskable, int left) {
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
        Concern concern = Concern.of(changes, before.mesh(), after.mesh());
        Questions.Asked old = Questions.of(before.mesh(), concern);
        Questions.Asked young = Questions.of(after.mesh(), concern);
        Map<String, Request> requests = new TreeMap<>(old.requests());
        requests.putAll(young.requests());
        always.forEach(request -> requests.put(Questions.key(request), request));
        TwoTraces traces = new TwoTraces(Trace.of(before.mesh()), Trace.of(after.mesh()));
        Map<String, Comparison> compared = new TreeMap<>(traces.compare(requests));
        Map<String, Request> more = new TreeMap<>();
        int left = Math.max(left(old, compared, concern, more), left(young, compared, concern, more));
        more.keySet().removeAll(compared.keySet());
        compared.putAll(traces.compare(more));
        refuseUnknownSenders(compared.values());
        Set<String> unaskable = new TreeSet<>(old.unaskable());
        unaskable.addAll(young.unaskable());
        GroupedChanges grouped = new GroupedChanges(changes);
        compared.values().forEach(grouped::add);
        List<Change> all = new ArrayList<>(grouped.changes());
        all.addAll(ApiServerCalls.changes(before.mesh(), after.mesh()));
        return new RequestChanges(all, grouped.equal(), List.copyOf(unaskable), left);
    }

    /**
     * Counts the calls for which the one that was asked stands, and puts those aside to be asked after all whose
     * stand-in met something that differs.
     */
    private static int left(
            Questions.Asked asked, Map<String, Comparison> compared, Concern concern, Map<String, Request> more) {
        int left = 0;
        for (Questions.Spared calls : asked.spared()) {
            boolean met = calls.asked()
                    .map(request -> Objects.requireNonNull(compared.get(Questions.key(request))))
                    .anyMatch(comparison -> comparison.meets(concern::isMet));
            if (met) {
                calls.left().forEach(request -> more.put(Questions.key(request), request));
            } else {
                left += calls.count();
            }
        }
        return left;
    }

    /** Both sides, to be asked the same. */
    private record TwoTraces(Trace before, Trace after) {
        Map<String, Comparison> compare(Map<String, Request> requests) {
            return requests.entrySet().parallelStream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> compare(entry.getValue())));
        }

        private Comparison compare(Request request) {
            return new Comparison(request, answer(before, request), answer(after, request));
        }
    }

    private static Answer answer(Trace trace, Request request) {
        try {
            return Answer.of(trace.follow(request));
        } catch (InvalidValue noSuchSender) {
            return Answer.NOBODY_ASKS;
        }
    }

    /** Only a table can ask for a sender that neither side has. */
    private static void refuseUnknownSenders(Collection<Comparison> compared) {
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
}
