package io.meshwright.construct.observability.settings;

import java.util.List;
import java.util.Optional;

/**
 * The operations that look ahead and are on.
 *
 * @param forecasts whether somebody is told of what will run out
 * @param scaledAhead services that autoscalers prepare for the load of last week
 */
public record AiOps(Optional<Anomalies> anomalies, boolean forecasts, List<ScaledAhead> scaledAhead) {
    public AiOps {
        scaledAhead = List.copyOf(scaledAhead);
    }

    public static AiOps none() {
        return new AiOps(Optional.empty(), false, List.of());
    }
}
