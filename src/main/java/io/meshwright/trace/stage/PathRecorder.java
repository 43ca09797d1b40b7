package io.meshwright.trace.stage;

import io.meshwright.mesh.terms.Source;
import io.meshwright.trace.answer.CombinedVerdict;
import io.meshwright.trace.answer.Handling;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.PathBranch;
import io.meshwright.trace.answer.PathHop;
import io.meshwright.trace.answer.PathStep;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Writes down the hops and steps of a request on its path, and the doubts that manifests leave. */
final class PathRecorder {
    /** Requests that come back to gateways more often than this run in circles. */
    private static final int MOST_GATEWAYS = 4;

    private final List<PathHop> hops = new ArrayList<>();
    private final List<Handling> handlings = new ArrayList<>();
    private final Set<String> doubts = new LinkedHashSet<>();
    private final int gateways;

    private PathRecorder(int gateways) {
        this.gateways = gateways;
    }

    static PathRecorder start() {
        return new PathRecorder(0);
    }

    /** Arrives at another hop. */
    void at(String where) {
        hops.add(new PathHop(where, new ArrayList<>()));
    }

    /** True if no hop has been reached yet, as at the beginning of a branch. */
    boolean isEmpty() {
        return hops.isEmpty();
    }

    void step(String what, List<Source> decidedBy) {
        hops.get(hops.size() - 1).steps().add(new PathStep(what, decidedBy));
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

    /** Ends the path. */
    Path end(Verdict verdict) {
        return new Path(List.copyOf(hops), List.copyOf(handlings), List.of(), judged(verdict));
    }

    /** Forks the path; {@code rest} follows each branch from here on. */
    <T> Path fork(
            List<T> ways,
            Function<T, Double> part,
            Function<T, String> label,
            Function<T, Function<PathRecorder, Path>> rest) {
        if (ways.size() == 1) {
            return rest.apply(ways.get(0)).apply(this);
        }
        int passed = gateways
                + (int) hops.stream()
                        .filter(hop -> hop.where().startsWith("gateway "))
                        .count();
        List<PathBranch> branches = ways.stream()
                .map(way -> new PathBranch(
                        part.apply(way), label.apply(way), rest.apply(way).apply(new PathRecorder(passed))))
                .toList();
        return new Path(List.copyOf(hops), List.copyOf(handlings), branches, judged(CombinedVerdict.of(branches)));
    }

    private Verdict judged(Verdict verdict) {
        if (!doubts.isEmpty() && verdict instanceof Unknown end) {
            return new Unknown("%s; %s".formatted(String.join("; ", doubts), end.why()), end.otherwise());
        }
        return doubts.isEmpty() ? verdict : new Unknown(String.join("; ", doubts), Optional.of(verdict));
    }
}
