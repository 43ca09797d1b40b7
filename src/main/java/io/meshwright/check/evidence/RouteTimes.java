package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.value.Duration;
import io.meshwright.value.InvalidValue;

/** Timeouts and retries of a route, where nothing and what cannot be read count as zero. */
public final class RouteTimes {
    private RouteTimes() {}

    public static int attempts(HttpRoute route) {
        return Fields.number(route.body().at("/retries/attempts")).orElse(0);
    }

    public static long millis(JsonNode duration) {
        try {
            return duration.isTextual()
                    ? Math.max(Duration.of(duration.asText()).millis(), 0)
                    : 0;
        } catch (InvalidValue none) {
            return 0;
        }
    }
}
