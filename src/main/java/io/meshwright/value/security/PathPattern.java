package io.meshwright.value.security;

import io.meshwright.value.Bounds;
import io.meshwright.value.Doc;
import io.meshwright.value.Matches;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
    private static final List<String> SEPARATORS = List.of("%2F", "%2f", "%5C", "%5c", ";");

    public PathPattern {
        Bounds.check(PathPattern.class, value);
        ComparedPath.check("", value);
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
     * As an AuthorizationPolicy that denies writes it: also with slashes that stand twice or are encoded, and with path
     * parameters ({@code /admin;x/…}). Envoy keeps those, and many servers drop or decode them before they look at the
     * path, so that more is denied than they read as this one ({@code //anything}). What climbs out of another path is
     * {@link DotSegments}.
     */
    public List<String> denying() {
        if (isEverything()) {
            return List.of(value);
        }
        boolean below = value.endsWith(BELOW);
        String root = below ? root() : value;
        Stream<String> slashes = IntStream.range(0, root.length())
                .filter(at -> root.charAt(at) == '/')
                .mapToObj(at -> root.substring(0, at));
        return Stream.concat(
                        below || root.endsWith("/") ? Stream.of(root, value) : Stream.of(root, root + "/"),
                        Stream.concat(slashes, Stream.of(root)).flatMap(PathPattern::separated))
                .filter(form -> !below || form.equals(value) || !form.startsWith(root + "/"))
                .distinct()
                .toList();
    }

    /** Several as one policy denies them, each form once. */
    public static List<String> denying(List<PathPattern> paths) {
        return paths.stream()
                .flatMap(path -> path.denying().stream())
                .distinct()
                .toList();
    }

    /** Everything behind a beginning that is separated from it otherwise than by one slash. */
    private static Stream<String> separated(String beginning) {
        Stream<String> odd = SEPARATORS.stream()
                .flatMap(separator -> beginning.isEmpty()
                        ? Stream.of("/" + separator)
                        : Stream.of(beginning + separator, beginning + "/" + separator));
        return Stream.concat(Stream.of(beginning + "//"), odd).map(form -> form + "*");
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
