package io.meshwright.check.rule.service;

import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;

/** Listeners of Sidecars that have a port of their own, and may speak otherwise there than the services do. */
final class PortListeners {
    private PortListeners() {}

    static boolean areWritten(Mesh mesh) {
        return mesh.manifests().kind(Kind.SIDECAR).stream()
                .flatMap(sidecar -> Fields.items(sidecar.at("/spec/egress")).stream())
                .anyMatch(listener -> listener.has("port"));
    }
}
