package io.meshwright.value.security;

import io.meshwright.value.Bounds;
import io.meshwright.value.Doc;
import io.meshwright.value.Matches;
import java.util.List;

/**
 * One path of requests, or a path with everything below it; {@code /admin/*} means {@code /admin} too, never
 * {@code /administrator}.
 */
@Doc("One path such as /health, or /admin/* for /admin and everything below it.")
public record PathPattern(
        @Matches(
                regex = "/|/\\*|(/[^/*?#{}\\s]+)+/?|(/[^/*?#{}\\s]+)+/\\*",
                max = 1024,
                says = "a path such as /health, or /admin/* for /admin and everything below it")
        String value)
        implements Comparable<PathPattern> {
    private static final String BELOW = "/*";

    public PathPattern {
        Bounds.check(PathPattern.class, value);
    }

    public static PathPattern of(String value) {
        return new PathPattern(value);
    }

    /** A path with everything below it; of {@code /} it is every path. */
    public static PathPattern below(String path) {
        return new PathPattern((path.endsWith("/") ? path.substring(0, path.length() - 1) : path) + BELOW);
    }

    public boolean isEverything() {
        return value.equals(BELOW);
    }

    /**
     * As an AuthorizationPolicy that admits writes it: its only wildcard stands at an end, and {@code /admin/*} misses
     * {@code /admin}.
     */
    public List<String> admitting() {
        return value.endsWith(BELOW) && !isEverything() ? List.of(root(), value) : List.of(value);
    }

    /**
     * As an AuthorizationPolicy that denies writes it: also with path parameters ({@code /admin;x/…}), which Envoy
     * keeps and many servers drop before they look at the path.
     */
    public List<String> denying() {
        return value.endsWith(BELOW) && !isEverything() ? List.of(root(), value, root() + ";*") : List.of(value);
    }

    private String root() {
        return value.substring(0, value.length() - BELOW.length());
    }

    @Override
    public int compareTo(PathPattern other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
