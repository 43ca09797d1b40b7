package io.meshwright.check.evidence;

import io.meshwright.check.Finding;
import io.meshwright.check.Severity;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;

/** Tells two objects apart: one that is written twice is no rival of itself. */
public final class Rivals {
    private Rivals() {}

    public static boolean differ(Manifest one, Manifest other) {
        return !(one.name().equals(other.name())
                        && samePlace(one, other)
                        && one.kind().equals(other.kind()))
                && !areOverlays(one, other);
    }

    /** The objects that two kustomizations make of one are for one cluster or another, whatever they call them. */
    private static boolean areOverlays(Manifest one, Manifest other) {
        return one.isBuilt()
                && other.isBuilt()
                && one.place().equals(other.place())
                && !one.folder().equals(other.folder());
    }

    /** An object that names no namespace may be applied to any. */
    private static boolean samePlace(Manifest one, Manifest other) {
        return one.namespace().isEmpty()
                || other.namespace().isEmpty()
                || one.home().equals(other.home());
    }

    /** A finding about a rival of which several versions are written weighs less: only one of them is applied. */
    public static Finding weighed(Mesh mesh, Manifest rival, Finding finding) {
        boolean several = mesh.manifests().versions(rival.kind(), rival.home(), rival.name()) > 1;
        return several && finding.isError() ? finding.as(Severity.WARNING) : finding;
    }

    /** A finding about a route and one Gateway is a note where that is written several times: another may take it. */
    public static Finding ofGateway(Mesh mesh, Kind kind, String namespace, String name, Finding finding) {
        int versions = mesh.manifests().versions(kind, namespace, name);
        return versions < 2
                ? finding
                : finding.as(Severity.INFO)
                        .saying("%s of one of %d versions of its Gateway".formatted(finding.message(), versions));
    }
}
