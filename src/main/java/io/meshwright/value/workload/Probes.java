package io.meshwright.value.workload;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Sample;
import org.jspecify.annotations.Nullable;

/** How the kubelet asks a container whether it lives and is ready: by an HTTP path, or by opening its port. */
@Doc("How the kubelet asks whether the container lives and is ready.")
public record Probes(
        @Nullable @Doc("HTTP path of the readiness probe; absent: the port is opened.") @Sample("/healthz")
        String ready,

        @Nullable @Doc("HTTP path of the liveness probe; default: the readiness path.") @Sample("/livez")
        String live,

        @Nullable @Doc("Name of the port asked; default: the first port.")
        Name port,

        @Defaulted @Doc("How long a start may take before the container is restarted; default 60s.")
        Duration startup) {
    public Probes {
        ready = path("ready", ready);
        live = live == null ? ready : path("live", live);
        startup = startup == null ? Duration.of("60s") : startup;
    }

    /** Probes on one HTTP path. */
    public static Probes http(String path) {
        return new Probes(path, null, null, null);
    }

    /** Probes that open the first port. */
    public static Probes tcp() {
        return new Probes(null, null, null, null);
    }

    private static @Nullable String path(String key, @Nullable String path) {
        if (path != null && !path.startsWith("/")) {
            throw new InvalidValue(key, "'%s' is not a path".formatted(path), "start it with '/'");
        }
        return path;
    }
}
