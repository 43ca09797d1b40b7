package io.meshwright.trace.stage;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;

/** Namespaces that istiod may not know, so that proxies there and calls to their services are left to themselves. */
final class Discovered {
    private Discovered() {}

    static void ask(PathRecorder recorder, Mesh mesh, String namespace) {
        List<Source> settings = mesh.config().source().stream()
                .map(found -> found.at("/discoverySelectors"))
                .toList();
        switch (mesh.discovery().knows(namespace)) {
            case NO ->
                recorder.doubt(
                        "discoverySelectors leave out namespace %s, and what becomes of calls there is not followed"
                                .formatted(namespace),
                        settings);
            case UNKNOWN ->
                recorder.doubt(
                        "the labels of namespace %s, which discoverySelectors ask for, are not among the manifests"
                                .formatted(namespace),
                        settings);
            default -> {
                // Istiod knows it.
            }
        }
    }
}
