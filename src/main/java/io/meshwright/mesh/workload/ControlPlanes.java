package io.meshwright.mesh.workload;

import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Truth;
import java.util.Map;
import java.util.Optional;

/** The istiods that may inject proxies into pods, each known by its revision and its tags. */
public interface ControlPlanes {
    /** Tells whether some istiod injects for this revision or tag. */
    Truth serves(String revision);

    /** The release of the control plane that injects for this revision or tag. */
    Optional<IstioVersion> version(String revision);

    /** True if pods with these labels get no proxy unless they ask for one themselves. */
    default boolean neverInjects(Map<String, String> labels) {
        return false;
    }

    /** The annotations that say which calls a proxy takes, for pods that do not say it themselves. */
    default Map<String, String> capture() {
        return Map.of();
    }

    /** True if namespaces get proxies that say nothing about them. */
    boolean injectsByDefault();
}
