package io.meshwright.check.schema;

import io.meshwright.manifest.Manifest;
import java.util.List;

/** Compares objects of Kubernetes' own kinds with its schemas of them. */
public final class BuiltIn {
    private BuiltIn() {}

    /** True if the object is of a kind of Kubernetes itself, in a version that it serves. */
    public static boolean knows(Manifest manifest) {
        return Definitions.of(manifest.apiVersion(), manifest.kind().name()).isPresent();
    }

    /** Objections of the schema of the object's kind; none for kinds that are not Kubernetes' own. */
    public static List<Violation> violations(Manifest manifest) {
        return Definitions.of(manifest.apiVersion(), manifest.kind().name())
                .map(schema -> SchemaWalk.ofBuiltIn(schema, manifest.body()))
                .orElseGet(() -> RemovedKinds.violation(manifest).stream().toList());
    }
}
