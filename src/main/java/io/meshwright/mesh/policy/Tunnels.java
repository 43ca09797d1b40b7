package io.meshwright.mesh.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.value.istio.IstioAnnotations;
import io.meshwright.value.istio.IstioLabels;
import java.util.Optional;

/**
 * Sidecars that take tunnels, which the profile for ambient mode has them do; injection then puts a label on the pod
 * (files/injection-template.yaml, supportTunnel).
 */
final class Tunnels {
    private static final String METADATA = "/proxyMetadata";

    private Tunnels() {}

    /**
     * Without any mesh configuration that of the profile for ambient mode counts, which installs waypoints and
     * ztunnels; unknown where only a part of one is given.
     */
    static Truth takes(Pod pod, MeshConfig mesh) {
        boolean labelled = pod.labels().getOrDefault(IstioLabels.TUNNEL, "").equals("http");
        Optional<JsonNode> own = Optional.ofNullable(pod.annotations().get(IstioAnnotations.PROXY_CONFIG))
                .flatMap(ManifestReader::value)
                .map(config -> config.at(METADATA).path(MeshConfig.TAKES_TUNNELS))
                .filter(JsonNode::isValueNode);
        String pointer = "/defaultConfig".concat(METADATA).concat("/").concat(MeshConfig.TAKES_TUNNELS);
        JsonNode written = own.orElseGet(() -> mesh.body().at(pointer));
        if (pod.source().manifest().kind().equals(Kind.WORKLOAD_ENTRY)) {
            return Truth.of(labelled);
        }
        if (labelled
                || written.asBoolean(false)
                || written.isMissingNode() && mesh.source().isEmpty()) {
            return Truth.YES;
        }
        return written.isMissingNode() && mesh.mayLack(pointer) ? Truth.UNKNOWN : Truth.NO;
    }
}
