package io.meshwright.mesh.terms;

/**
 * The path that a proxy sees in the one that a client writes.
 *
 * @param dotsWithParameters dot segments count as such with path parameters too, where paths are normalized at all:
 *     {@code /a/..;x=1/b} is {@code /b} (CVE-2026-73551)
 */
public record PathReading(PathNormalization normalization, boolean dotsWithParameters) {
    /** Of a mesh that says nothing, in a release of today. */
    public static final PathReading DEFAULT = new PathReading(PathNormalization.BASE, true);

    String read(String path) {
        return normalization.normalize(path, dotsWithParameters);
    }
}
