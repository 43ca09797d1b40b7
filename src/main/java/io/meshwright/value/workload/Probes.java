package io.meshwright.value.workload;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.Name;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The questions of the kubelet whether a container lives and is ready; without a word it opens the port. */
@Doc("How the kubelet asks whether the container lives and is ready.")
public record Probes(
        @Nullable @Doc("Readiness: an HTTP path, or a mapping; absent: the port is opened.")
        Probe ready,

        @Nullable @Doc("Liveness; default: the readiness question.")
        Probe live,

        @Nullable @Doc("Name of the port asked; default: the first port.")
        Name port,

        @Defaulted @Doc("How long a start may take before the container is restarted; default 60s.")
        Duration startup) {
    public Probes {
        live = live == null ? ready : live;
        startup = startup == null ? Duration.of("60s") : startup;
    }

    /** Probes on one HTTP path. */
    public static Probes http(String path) {
        return new Probes(Probe.http(path), null, null, null);
    }

    /** Probes that open the first port. */
    public static Probes tcp() {
        return new Probes(null, null, null, null);
    }

    /** The questions that were given; none where the port is opened. */
    public Stream<Probe> given() {
        return Stream.of(ready, live).filter(Objects::nonNull).distinct();
    }
}
