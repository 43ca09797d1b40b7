package io.meshwright.plan.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.plan.object.FieldChange;
import io.meshwright.plan.object.ObjectChange;
import java.util.List;
import java.util.Optional;

/**
 * The fields that a Service does not let change (kubernetes, pkg/apis/core/validation, ValidateServiceUpdate). What a
 * manifest leaves out keeps the value that the cluster gave, so only a value that is written can be another one.
 */
final class RefusedServiceFields implements FieldRule {
    private static final String ADDRESS =
            "delete the Service first, or leave clusterIP as it was: calls fail in between";
    private static final String GIVEN = "leave clusterIP out, unless it is the address that the Service has already";
    private static final String FAMILY = "delete the Service first, or keep its first family: calls fail in between";
    private static final String CLASS =
            "delete the Service first, or add a second one with the other class: its address is another";
    private static final String PROBED =
            "leave it out, which keeps the port that the Service has, or delete the Service first";

    @Override
    public Optional<String> remedy(ObjectChange.Changed changed, FieldChange field) {
        if (field.isBelow("spec", "clusterIP") || field.path().equals(List.of("spec", "clusterIPs", "[0]"))) {
            return address(changed, field);
        }
        if (field.isBelow("spec", "ipFamilies")) {
            return isOtherFamily(changed) ? Optional.of(FAMILY) : Optional.empty();
        }
        if (field.isBelow("spec", "loadBalancerClass")) {
            return always(changed, "/spec/type", "LoadBalancer") ? Optional.of(CLASS) : Optional.empty();
        }
        if (field.isBelow("spec", "healthCheckNodePort")) {
            boolean kept = !field.after().isMissingNode()
                    && always(changed, "/spec/type", "LoadBalancer")
                    && always(changed, "/spec/externalTrafficPolicy", "Local");
            return kept ? Optional.of(PROBED) : Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<String> address(ObjectChange.Changed changed, FieldChange field) {
        boolean left = field.after().asText("").isEmpty();
        boolean alias = either(changed, "/spec/type", "ExternalName");
        if (left || alias) {
            return Optional.empty();
        }
        boolean unknown =
                field.before().asText("").isEmpty() && !field.after().asText().equals("None");
        return Optional.of(unknown ? GIVEN : ADDRESS);
    }

    private static boolean isOtherFamily(ObjectChange.Changed changed) {
        JsonNode before = changed.before().at("/spec/ipFamilies/0");
        JsonNode after = changed.after().at("/spec/ipFamilies/0");
        return before.isTextual()
                && after.isTextual()
                && !before.equals(after)
                && !either(changed, "/spec/type", "ExternalName");
    }

    private static boolean always(ObjectChange.Changed changed, String field, String value) {
        return changed.before().at(field).asText("").equals(value)
                && changed.after().at(field).asText("").equals(value);
    }

    private static boolean either(ObjectChange.Changed changed, String field, String value) {
        return changed.before().at(field).asText("").equals(value)
                || changed.after().at(field).asText("").equals(value);
    }
}
