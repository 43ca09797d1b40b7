package io.meshwright.plan.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.plan.object.FieldChange;
import io.meshwright.plan.object.ObjectChange;
import java.util.List;
import java.util.Optional;

/**
 * The fields that a pod which nobody makes anew does not let change (kubernetes, pkg/apis/core/validation,
 * ValidatePodUpdate).
 */
final class RefusedPodFields implements FieldRule {
    private static final String REMEDY =
            "delete the pod first, or let a Deployment own it, which replaces its pods by itself";

    @Override
    public Optional<String> remedy(ObjectChange.Changed changed, FieldChange field) {
        return field.isBelow("spec") && !isTaken(changed, field) ? Optional.of(REMEDY) : Optional.empty();
    }

    private static boolean isTaken(ObjectChange.Changed changed, FieldChange field) {
        if (field.isBelow("spec", "activeDeadlineSeconds")) {
            return field.before().isMissingNode()
                    || field.after().isNumber()
                            && field.after().asLong() < field.before().asLong();
        }
        if (field.isBelow("spec", "tolerations")) {
            String tolerations = "/spec/tolerations";
            return isOnlyMore(changed.before().at(tolerations), changed.after().at(tolerations));
        }
        List<String> path = field.path();
        return path.size() == 4
                && (path.get(1).equals("containers") || path.get(1).equals("initContainers"))
                && path.get(3).equals("image");
    }

    private static boolean isOnlyMore(JsonNode before, JsonNode after) {
        return Fields.items(after).containsAll(Fields.items(before));
    }
}
