package io.meshwright.sweep;

import io.meshwright.manifest.Kind;
import io.meshwright.mesh.terms.Source;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.PathStep;
import io.meshwright.trace.answer.UnseenGateway;
import io.meshwright.trace.answer.UsualGateway;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The end of a request, or of a part of it, that does not arrive.
 *
 * @param steps all that happened to it, in order
 * @param unseen whether it passed a gateway of which neither pods nor namespace are given
 */
record End(Verdict verdict, List<PathStep> steps, boolean unseen) {
    private static final String RBAC = "RBAC";

    /** The ends of a path that fail for certain; none where one of them is not known. */
    static List<End> of(Path path) {
        List<End> ends = new ArrayList<>();
        if (judged(path.verdict()).fails()) {
            collect(path, List.of(), isUnseen(path.verdict()) || isTaken(path), ends);
        }
        return ends;
    }

    /** A gateway that somebody else installs is followed as if all of its ports were open. */
    private static Verdict judged(Verdict verdict) {
        return isUnseen(verdict) ? ((Unknown) verdict).otherwise().orElse(verdict) : verdict;
    }

    private static boolean isUnseen(Verdict verdict) {
        return verdict instanceof Unknown unknown && unknown.why().equals(UnseenGateway.WHY);
    }

    private static boolean isTaken(Path path) {
        return path.hops().stream()
                .flatMap(hop -> hop.steps().stream())
                .anyMatch(step -> step.what().startsWith(UsualGateway.TAKEN));
    }

    private static void collect(Path path, List<PathStep> before, boolean unseen, List<End> ends) {
        List<PathStep> steps = new ArrayList<>(before);
        path.hops().forEach(hop -> steps.addAll(hop.steps()));
        Verdict verdict = judged(path.verdict());
        if (path.branches().isEmpty() && verdict.fails()) {
            ends.add(new End(verdict, List.copyOf(steps), unseen));
        }
        path.branches().stream()
                .map(branch -> branch.path())
                .filter(branch -> judged(branch.verdict()).fails())
                .forEach(branch -> collect(branch, steps, unseen, ends));
    }

    /** Envoy's response flag, or an empty text. */
    String flag() {
        return verdict instanceof Answered answered
                ? answered.flag()
                : verdict instanceof Closed closed ? closed.flag() : "";
    }

    /** Tells whether a policy of the mesh or of the firewall says no. */
    boolean isRefusal() {
        return flag().equals(RBAC)
                || last().anyMatch(source -> source.manifest().kind().equals(Kind.NETWORK_POLICY));
    }

    /** An answer without a flag is one that somebody wrote, or the wish for a token. */
    boolean isWritten() {
        return verdict instanceof Answered && flag().isEmpty();
    }

    boolean isCircular() {
        return verdict.equals(Verdict.inCircles());
    }

    /** The fields that had a say, in order. */
    List<Source> sources() {
        return steps.stream()
                .flatMap(step -> step.decidedBy().stream())
                .distinct()
                .toList();
    }

    /** Those of the last thing that happened for which a field is known. */
    Stream<Source> last() {
        return steps.stream().filter(step -> !step.decidedBy().isEmpty()).reduce((earlier, later) -> later).stream()
                .flatMap(step -> step.decidedBy().stream());
    }
}
