package io.meshwright.plan.delivery;

import io.meshwright.plan.object.FieldChange;
import io.meshwright.plan.object.ObjectChange;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The fields that a Job does not let change (kubernetes, pkg/apis/batch/validation, ValidateJobSpecUpdate). */
final class RefusedJobFields implements FieldRule {
    private static final String REMEDY =
            "give the Job another name, or let Argo CD replace it (sync option Replace=true,Force=true)";
    private static final Set<String> FIXED = Set.of(
            "template",
            "selector",
            "completionMode",
            "podFailurePolicy",
            "successPolicy",
            "backoffLimitPerIndex",
            "managedBy");
    /** The fields that place its pods, which are free as long as it is suspended. */
    private static final List<String[]> PLACING = List.of(
            new String[] {"spec", "template", "metadata", "labels"},
            new String[] {"spec", "template", "metadata", "annotations"},
            new String[] {"spec", "template", "spec", "nodeSelector"},
            new String[] {"spec", "template", "spec", "affinity", "nodeAffinity"},
            new String[] {"spec", "template", "spec", "tolerations"},
            new String[] {"spec", "template", "spec", "schedulingGates"});

    @Override
    public Optional<String> remedy(ObjectChange.Changed changed, FieldChange field) {
        if (field.path().size() < 2 || !field.path().get(0).equals("spec")) {
            return Optional.empty();
        }
        String key = field.path().get(1);
        boolean refused = key.equals("completions") ? isOther(changed) : FIXED.contains(key);
        return refused && !isPlacing(changed, field) ? Optional.of(REMEDY) : Optional.empty();
    }

    /**
     * True if a change is one: a number that nobody writes stays, and an indexed Job grows and shrinks if as many run
     * at once as are wanted.
     */
    private static boolean isOther(ObjectChange.Changed changed) {
        String completions = "/spec/completions";
        boolean isWritten = !changed.before().at(completions).isMissingNode()
                || !changed.after().at(completions).isMissingNode();
        return isWritten && !isElastic(changed);
    }

    private static boolean isElastic(ObjectChange.Changed changed) {
        return changed.after().at("/spec/completionMode").asText("").equals("Indexed")
                && changed.after()
                        .at("/spec/completions")
                        .equals(changed.after().at("/spec/parallelism"));
    }

    private static boolean isPlacing(ObjectChange.Changed changed, FieldChange field) {
        return changed.before().at("/spec/suspend").asBoolean(false)
                && (PLACING.stream().anyMatch(field::isBelow)
                        // all that a Job's template has of metadata, where one side has none
                        || field.path().equals(List.of("spec", "template", "metadata")));
    }
}
