package io.meshwright.value.security;

/**
 * Paths with a segment {@code .} or {@code ..} that a proxy leaves in them and a server behind it may resolve, so that
 * a policy compares one path and the server answers another: {@code /public/..%2Fadmin}, {@code /public/..;/admin}.
 *
 * <p>Envoy resolves dot segments, encoded dots too, but takes neither an encoded slash nor a backslash for the end of a
 * segment, and a segment with path parameters for another name before 1.36.10, 1.37.6, 1.38.4 and 1.39.1 (envoy, path
 * normalization, CVE-2026-73551; Servlet 6, 3.5.2). No client writes such a path by itself.
 */
public final class DotSegments {
    private static final String END = "/|%2f|%5c";

    private DotSegments() {}

    /** Every such path, as an expression for the whole path after Envoy's normalization. */
    public static String regex() {
        return "/(?i:(.*(%s))?\\.\\.?((%s|;).*)?)".formatted(END, END);
    }
}
