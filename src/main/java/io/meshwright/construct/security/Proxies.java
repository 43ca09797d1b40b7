package io.meshwright.construct.security;

import io.meshwright.value.security.Party;
import java.util.List;
import java.util.Optional;

/** Sidecars of the pods of a namespace, if they have any, and the peers of which these speak with on their own. */
public sealed interface Proxies {
    /** Sidecars that nobody scrapes and that send nothing. */
    static Proxies sidecars() {
        return new Sidecars(Optional.empty(), List.of());
    }

    /**
     * Sidecars of a monitored mesh.
     *
     * @param prometheus scrapes their merged metrics
     * @param telemetry where they send spans and access logs
     */
    static Proxies sidecars(Party prometheus, List<Party> telemetry) {
        return sidecars(Optional.of(prometheus), telemetry);
    }

    /** Sidecars of a mesh of which a part is monitored: without Prometheus nobody scrapes them. */
    static Proxies sidecars(Optional<Party> prometheus, List<Party> telemetry) {
        return new Sidecars(prometheus, telemetry);
    }

    /** Pods outside the mesh. */
    static Proxies none() {
        return new None();
    }

    /** Returns the party that scrapes their merged metrics; empty: nobody. */
    Optional<Party> prometheus();

    /** Receivers of their spans and access logs. */
    List<Party> telemetry();

    /** In the mesh. */
    record Sidecars(Optional<Party> prometheus, List<Party> telemetry) implements Proxies {
        public Sidecars {
            telemetry = List.copyOf(telemetry);
        }
    }

    /** Outside the mesh. */
    record None() implements Proxies {
        @Override
        public Optional<Party> prometheus() {
            return Optional.empty();
        }

        @Override
        public List<Party> telemetry() {
            return List.of();
        }
    }
}
