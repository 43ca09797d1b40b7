package io.meshwright.incident;

import io.meshwright.incident.evidence.Evidence;
import io.meshwright.incident.evidence.Field;
import io.meshwright.trace.answer.Verdict;
import java.util.Optional;

/** Compares the end that a trace tells with the one that was seen. */
final class Outcome {
    private static final String DENIED = "RBAC";
    private static final int SERVER_ERRORS = 500;

    private Outcome() {}

    /** Tells whether the manifests alone let the request end as it did. */
    static boolean fits(Verdict verdict, Evidence evidence) {
        if (verdict instanceof Verdict.Answered answered) {
            return evidence.status().orElse(0) == answered.status() && agrees(answered.flag(), evidence);
        }
        if (verdict instanceof Verdict.Closed closed) {
            return evidence.flags().contains(closed.flag())
                    || closed.flag().equals(DENIED) && evidence.denial().isPresent();
        }
        if (verdict instanceof Verdict.Split split) {
            return split.parts().stream().anyMatch(part -> fits(part.verdict(), evidence));
        }
        Optional<Verdict> otherwise =
                verdict instanceof Verdict.Unknown unknown ? unknown.otherwise() : Optional.empty();
        return otherwise.map(end -> fits(end, evidence)).orElse(verdict.isDelivered() && arrived(evidence));
    }

    private static boolean agrees(String flag, Evidence evidence) {
        boolean denied = flag.equals(DENIED);
        return denied
                ? evidence.denial().isPresent()
                : evidence.flags().isEmpty() && evidence.denial().isEmpty() && !evidence.isOfApplication()
                        || evidence.flags().contains(flag);
    }

    /** Nothing in it says that a proxy answered. */
    private static boolean arrived(Evidence evidence) {
        return evidence.isOfApplication()
                || evidence.flags().isEmpty()
                        && evidence.value(Field.RESPONSE_CODE_DETAILS).isEmpty()
                        && evidence.status().orElse(0) < SERVER_ERRORS
                        && evidence.denial().isEmpty();
    }
}
