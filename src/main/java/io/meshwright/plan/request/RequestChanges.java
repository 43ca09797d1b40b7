package io.meshwright.plan.request;

import io.meshwright.plan.change.Change;
import io.meshwright.plan.object.ObjectChanges;
import io.meshwright.plan.side.Side;
import io.meshwright.trace.Trace;
import io.meshwright.trace.request.Request;
import io.meshwright.value.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

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
        GroupedChanges grouped = new GroupedChanges(changes);
        compared.forEach(grouped::add);
        List<Change> all = new ArrayList<>(grouped.changes());
        all.addAll(ApiServerCalls.changes(before.mesh(), after.mesh()));
        return new RequestChanges(all, grouped.equal(), List.copyOf(unaskable), Math.max(old.left(), young.left()));
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
}
