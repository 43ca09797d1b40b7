package io.meshwright.trace.stage;

import io.meshwright.manifest.Fields;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.Optional;

/** The number of proxies in front of a gateway that it trusts to tell of the client. */
final class TrustedProxies {
    private TrustedProxies() {}

    /** A gateway's own proxy configuration goes before the mesh's. */
    static int of(Mesh mesh, Pod gateway) {
        return Optional.ofNullable(gateway.annotations().get(IstioAnnotations.PROXY_CONFIG))
                .flatMap(ManifestReader::value)
                .flatMap(config -> Fields.number(config.at("/gatewayTopology/numTrustedProxies")))
                .orElse(mesh.config().trustedProxies());
    }
}
