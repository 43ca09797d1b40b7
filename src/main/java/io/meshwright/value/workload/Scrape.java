package io.meshwright.value.workload;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Port;
import io.meshwright.value.Sample;
import org.jspecify.annotations.Nullable;

/** Port and path of the application's own metrics; a sidecar merges them with its own (incident I13). */
@Doc("Where the application's own metrics are.")
public record Scrape(
        @Defaulted @Doc("Path; default /actuator/prometheus.") @Sample("/metrics")
        String path,

        @Nullable @Doc("Container port; default: the first port's.")
        Port port) {
    public Scrape {
        path = path == null ? "/actuator/prometheus" : path;
        if (!path.startsWith("/")) {
            throw new InvalidValue("path", "\"%s\" is not a path".formatted(path), "start it with \"/\"");
        }
    }

    /** Its own port, or the given one. */
    public Port portOr(Port other) {
        return port == null ? other : port;
    }
}
