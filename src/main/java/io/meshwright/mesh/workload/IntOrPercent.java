package io.meshwright.mesh.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A number of pods that is written as such or as a part of all, such as 2 or 25%. */
public final class IntOrPercent {
    private IntOrPercent() {}

    /** In pods, not rounded; empty when the value is neither. */
    public static Optional<Double> of(JsonNode value, int all) {
        if (value.isIntegralNumber()) {
            return Optional.of((double) value.asInt());
        }
        String text = value.asText("");
        if (!text.matches("[0-9]{1,4}%")) {
            return Optional.empty();
        }
        return Optional.of(Integer.parseInt(text.substring(0, text.length() - 1)) * all / 100.0);
    }
}
