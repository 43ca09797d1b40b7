package io.meshwright.mesh.terms;

import com.google.re2j.Pattern;

/**
 * The path that a proxy sees in the one that a client writes.
 *
 * @param dotsWithParameters dot segments count as such with path parameters too, where paths are normalized at all:
 *     {@code /a/..;x=1/b} is {@code /b} (CVE-2026-73551)
 */
public record PathReading(PathNormalization normalization, boolean dotsWithParameters) {
    /** Of a mesh that says nothing, in a release of today. */
    public static final PathReading DEFAULT = new PathReading(PathNormalization.BASE, true);

    /** Envoy looks for them before it takes backslashes for slashes or decodes a dot. */
    private static final Pattern PARAMETERS_OF_DOTS = Pattern.compile("/(\\.\\.?);[^/]*");

    String read(String path) {
        if (normalization == PathNormalization.NONE) {
            return path;
        }
        String plain = normalization.withoutEncodedSlashes(path);
        return normalization.normalize(
                dotsWithParameters ? PARAMETERS_OF_DOTS.matcher(plain).replaceAll("/$1") : plain);
    }
}
