package io.meshwright.mesh.terms;

import com.google.re2j.Pattern;
import java.util.Arrays;

/**
 * The normal form that every proxy gives a path before it looks at it and forwards it: {@code pathNormalization} of the
 * mesh configuration (istio pilot/pkg/networking/core/listener_builder.go).
 */
public enum PathNormalization {
    /** Paths stay as the client writes them. */
    NONE,
    /** Istio's default: dot segments go, what need not be encoded is plain, doubled and encoded slashes stay. */
    BASE,
    /** Doubled slashes become one, too. */
    MERGE_SLASHES,
    /** Encoded slashes become plain ones, before all else. */
    DECODE_AND_MERGE_SLASHES;

    private static final Pattern ENCODED_SLASH = Pattern.compile("(?i)%2f");
    private static final Pattern ENCODED_BACKSLASH = Pattern.compile("(?i)%5c");
    private static final Pattern SLASHES = Pattern.compile("//+");
    private static final Pattern PARAMETERS_OF_DOTS = Pattern.compile("/(\\.\\.?);[^/]*");

    /** By the word of the mesh configuration; Istio's default for any other. */
    static PathNormalization of(String word) {
        return Arrays.stream(values())
                .filter(value -> value.name().equals(word))
                .findFirst()
                .orElse(BASE);
    }

    /** As the proxies of a release do it. */
    public PathReading with(IstioVersion release) {
        return new PathReading(this, release.resolvesDotsWithParameters());
    }

    /**
     * The path that a proxy sees.
     *
     * @param dotsWithParameters dot segments count as such with path parameters too
     */
    String normalize(String path, boolean dotsWithParameters) {
        if (this == NONE) {
            return path;
        }
        String plain = this == DECODE_AND_MERGE_SLASHES
                ? ENCODED_BACKSLASH
                        .matcher(ENCODED_SLASH.matcher(path).replaceAll("/"))
                        .replaceAll("/")
                : path;
        // Envoy looks for parameters of dots before it takes backslashes for slashes or decodes a dot.
        String dots = dotsWithParameters && plain.indexOf(';') >= 0
                ? PARAMETERS_OF_DOTS.matcher(plain).replaceAll("/$1")
                : plain;
        String normal = RequestPath.normalize(dots);
        return this == BASE ? normal : SLASHES.matcher(normal).replaceAll("/");
    }
}
