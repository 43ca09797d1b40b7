package io.meshwright.mesh.gatewayapi;

import io.meshwright.manifest.Kind;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Truth;

/**
 * The routes and listeners of the Gateway API that istiod heeds: of what was an experiment when it was released only if
 * it is told so (pkg/config/schema/collections/extras.go, listenerProtocolToIstio).
 */
public record ApiChannel(Truth experiments, IstioVersion version) {
    /** The variable of istiod that tells it so. */
    public static final String SWITCH = "PILOT_ENABLE_ALPHA_GATEWAY_API";

    /** {@code installed} says whether the manifests install an istiod, so that its settings are all among them. */
    public static ApiChannel of(MeshConfig mesh, boolean installed, IstioVersion version) {
        return new ApiChannel(
                mesh.says(SWITCH) || installed ? Truth.of(mesh.feature(SWITCH, false)) : Truth.UNKNOWN, version);
    }

    /** Tells whether routes of a kind count. */
    public Truth heeds(Kind route) {
        boolean experiment = route.equals(Kind.TCP_ROUTE) && !version.knowsTcpRoutes()
                || route.equals(Kind.TLS_ROUTE) && !version.knowsTlsRoutes();
        return experiment ? experiments : Truth.YES;
    }

    /** Tells whether listeners of a protocol are opened. */
    Truth opens(String protocol) {
        return protocol.equals("TCP") && version.closesTcpListeners() ? experiments : Truth.YES;
    }
}
