package io.meshwright.construct.traffic;

import io.meshwright.value.Name;
import java.util.Optional;

/** Names of a service's subsets: routes and the DestinationRule use the same. */
final class Subsets {
    static final String STABLE = "stable";
    static final String CANARY = "canary";
    private static final String STREAMING = "streaming";

    private Subsets() {}

    /** Subset to which the requests of a route go; empty is the whole service. */
    static Optional<String> of(boolean streams) {
        return streams ? Optional.of(STREAMING) : Optional.empty();
    }

    /** Subset to which the requests for one version go. */
    static Optional<String> of(Name version, boolean streams) {
        return Optional.of(streams ? "%s-%s".formatted(version, STREAMING) : version.toString());
    }
}
