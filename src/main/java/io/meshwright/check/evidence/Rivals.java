package io.meshwright.check.evidence;

import io.meshwright.check.Finding;
import io.meshwright.check.Severity;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;

/** Tells two objects apart: one that is written twice is no rival of itself. */
public final class Rivals {
    private Rivals() {}

    public static boolean differ(Manifest one, Manifest other) {
        return !(one.name().equals(other.name())
                && samePlace(one, other)
                && one.kind().equals(other.kind()));
    }

    /** An object that names no namespace may be applied to any. */
    private static boolean samePlace(Manifest one, Manifest other) {
        return one.namespace().isEmpty()
                || other.namespace().isEmpty()
                || one.home().equals(other.home());
    }

    /** A finding about a rival of which several versions are written weighs less: only one of them is applied. */
    public static Finding weighed(Mesh mesh, Manifest rival, Finding finding) {
        boolean several = mesh.manifests().same(rival.kind(), rival.home(), rival.name()).stream()
                        .map(Manifest::body)
                        .distinct()
                        .count()
                > 1;
        return several && finding.isError() ? finding.as(Severity.WARNING) : finding;
    }
}
