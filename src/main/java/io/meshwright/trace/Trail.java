package io.meshwright.trace;

import io.meshwright.mesh.terms.Source;
import io.meshwright.trace.Verdict.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Writes down what happens to a request on its way, and what casts doubt on it. */
final class Trail {
    /** Requests that come back to gateways more often than this run in circles. */
    private static final int MOST_GATEWAYS = 4;

    private final List<Hop> hops = new ArrayList<>();
    private final List<Handling> handlings = new ArrayList<>();
    private final Set<String> doubts = new LinkedHashSet<>();
    private final int gateways;

    private Trail(int gateways) {
        this.gateways = gateways;
    }

    static Trail start() {
        return new Trail(0);
    }

    /** Arrives at another hop. */
    void at(String where) {
        hops.add(new Hop(where, new ArrayList<>()));
    }

    /** Whether no hop has been reached yet, as at the beginning of a branch. */
    boolean isEmpty() {
        return hops.isEmpty();
    }

    void step(String what, List<Source> decidedBy) {
        hops.get(hops.size() - 1).steps().add(new Step(what, decidedBy));
    }

    void step(String what, Source... decidedBy) {
        step(what, List.of(decidedBy));
    }

    void handled(Handling handling) {
        handlings.add(handling);
    }

    /** Something that manifests do not tell may change everything from here on. */
    void doubt(String why, List<Source> about) {
        doubts.add(why);
        step("unknown: %s".formatted(why), about);
    }

    boolean isCircular() {
        return gateways
                        + hops.stream()
                                .filter(hop -> hop.where().startsWith("gateway "))
                                .count()
                > MOST_GATEWAYS;
    }

    /** The end of the way. */
    Path end(Verdict verdict) {
        return new Path(List.copyOf(hops), List.copyOf(handlings), List.of(), judged(verdict));
    }

    /** A way that goes on in several, of each of which the function tells the rest. */
    <T> Path fork(
            List<T> ways,
            Function<T, Double> part,
            Function<T, String> label,
            Function<T, Function<Trail, Path>> rest) {
        if (ways.size() == 1) {
            return rest.apply(ways.get(0)).apply(this);
        }
        int passed = gateways
                + (int) hops.stream()
                        .filter(hop -> hop.where().startsWith("gateway "))
                        .count();
        List<Branch> branches = ways.stream()
                .map(way -> new Branch(
                        part.apply(way), label.apply(way), rest.apply(way).apply(new Trail(passed))))
                .toList();
        return new Path(List.copyOf(hops), List.copyOf(handlings), branches, judged(Ends.of(branches)));
    }

    private Verdict judged(Verdict verdict) {
        if (!doubts.isEmpty() && verdict instanceof Unknown end) {
            return new Unknown("%s; %s".formatted(String.join("; ", doubts), end.why()), end.otherwise());
        }
        return doubts.isEmpty() ? verdict : new Unknown(String.join("; ", doubts), Optional.of(verdict));
    }
}
