package io.meshwright.mesh.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells whether a sidecar is an init container that goes on running: such a one runs before the other init containers
 * and ends after the application (pkg/kube/inject/webhook.go, reorderPod).
 */
public final class NativeSidecar {
    private NativeSidecar() {}

    /** Unknown where istiod asks the nodes. */
    public static Truth of(Pod pod, IstioVersion version, MeshConfig mesh) {
        if (holds(pod, "initContainers")) {
            return Truth.YES;
        }
        if (holds(pod, "containers")) {
            return Truth.NO;
        }
        Optional<String> own = Optional.ofNullable(pod.annotations().get(IstioAnnotations.NATIVE_SIDECAR))
                .filter(any -> version.knowsNativeSidecarsOfPods());
        // The template of 1.27 takes every other value for yes, the one before for no (injection-template.yaml).
        return own.map(text -> Truth.of(version.prefersNativeSidecars() ? !text.equals("false") : text.equals("true")))
                .orElseGet(() -> mesh.nativeSidecars(version));
    }

    /** True if the pod brings the proxy itself, as one that was read from a cluster does. */
    private static boolean holds(Pod pod, String list) {
        Stream<JsonNode> containers = Fields.items(pod.spec().path(list)).stream();
        return containers.anyMatch(
                container -> container.path("name").asText("").equals("istio-proxy")
                        && !container.path("image").asText("").equals("auto"));
    }
}
