package io.meshwright.mesh.workload;

import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Truth;
import java.util.Optional;

/**
 * The proxy that a pod's traffic passes, and why it is there or not.
 *
 * @param version the release of the control plane that injects and configures it, where the manifests say it
 */
public record Proxy(Type type, String why, Optional<IstioVersion> version) {
    public Proxy(Type type, String why) {
        this(type, why, Optional.empty());
    }

    /** Sorts of proxies. */
    public enum Type {
        /** Envoy beside the application. */
        SIDECAR,
        /** Envoy alone: the pod is a gateway. */
        GATEWAY,
        /** The node's ztunnel, in ambient mode. */
        ZTUNNEL,
        /** Envoy alone for services or pods in ambient mode. */
        WAYPOINT,
        NONE,
        /** A sidecar that passes a call on as it is, in plaintext and without the pod's identity. */
        PASSING,
        /** The manifests do not say, for instance because the namespace's labels are not among them. */
        UNKNOWN
    }

    /** Tells whether the pod has an identity with which it can take part in Istio's mutual TLS. */
    public Truth inMesh() {
        return switch (type) {
            case SIDECAR, GATEWAY, ZTUNNEL, WAYPOINT -> Truth.YES;
            case NONE, PASSING -> Truth.NO;
            case UNKNOWN -> Truth.UNKNOWN;
        };
    }

    /** Takes part in a call that has no identity, so that it may answer the caller. */
    public boolean isPassing() {
        return type == Type.PASSING;
    }

    /** Tells whether it answers itself what its policies refuse, with 403, rather than close the connection. */
    public boolean answersRefusals() {
        return !isZtunnel();
    }

    /** Carries bytes without reading HTTP, so that neither routes nor DestinationRules count. */
    public boolean isZtunnel() {
        return type == Type.ZTUNNEL;
    }

    /** Carries the traffic of an application, rather than being a gateway or a waypoint. */
    public boolean isOfApplication() {
        return isSidecar() || isZtunnel();
    }

    public boolean isSidecar() {
        return type == Type.SIDECAR;
    }

    public boolean isWaypoint() {
        return type == Type.WAYPOINT;
    }

    public boolean isGateway() {
        return type == Type.GATEWAY;
    }
}
