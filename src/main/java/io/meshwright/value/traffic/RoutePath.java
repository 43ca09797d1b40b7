package io.meshwright.value.traffic;

import com.google.re2j.Pattern;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.security.ComparedPath;
import org.jspecify.annotations.Nullable;

/** The paths that a route takes, ordered so that the one that says most comes first. */
public record RoutePath(Kind kind, String value) implements Comparable<RoutePath> {
    /** The comparison of a path. */
    public enum Kind {
        /** The whole path. */
        EXACT,
        /**
         * The path itself and what lies below it: {@code /api} takes {@code /api} and {@code /api/x}, not
         * {@code /apiary}.
         */
        PREFIX,
        /** An RE2 expression for the whole path. */
        REGEX
    }

    private static final String ROOT = "/";

    public RoutePath {
        String key = kind.name().toLowerCase(java.util.Locale.ROOT);
        if (kind == Kind.REGEX) {
            TextMatch.compiled(key, Require.notBlank(key, value));
            Require.that(
                    value.startsWith(ROOT),
                    key,
                    "%s does not begin with /".formatted(Plain.quoted(value)),
                    "write the expression for the whole path, without ^");
        } else {
            value = plain(key, value);
        }
    }

    public static RoutePath exact(String path) {
        return new RoutePath(Kind.EXACT, path);
    }

    public static RoutePath prefix(String path) {
        return new RoutePath(Kind.PREFIX, path);
    }

    public static RoutePath regex(String expression) {
        return new RoutePath(Kind.REGEX, expression);
    }

    /** True if every path is taken. */
    public boolean isRoot() {
        return kind == Kind.PREFIX && value.equals(ROOT);
    }

    /** Tells whether this path of a request is taken. */
    public boolean takes(String path) {
        return switch (kind) {
            case EXACT -> path.equals(value);
            case PREFIX -> isRoot() || path.equals(value) || path.startsWith(value.concat(ROOT));
            case REGEX -> Pattern.matches(value, path);
        };
    }

    /** An RE2 expression for the whole of every path that is taken. */
    public String expression() {
        return switch (kind) {
            case EXACT -> Pattern.quote(value);
            case PREFIX -> isRoot() ? "/.*" : "%s(/.*)?".formatted(Pattern.quote(value));
            case REGEX -> value;
        };
    }

    /** The text with which every taken path begins. */
    public String beginning() {
        return kind == Kind.REGEX ? certain(value) : value;
    }

    /**
     * Exact paths first, then the longer certain beginning, and an expression before a prefix of the same length: Istio
     * takes the first route that matches (istio.io, VirtualService, "first rule matching").
     */
    @Override
    public int compareTo(RoutePath other) {
        int order = Boolean.compare(other.kind == Kind.EXACT, kind == Kind.EXACT);
        order = order != 0
                ? order
                : Integer.compare(other.beginning().length(), beginning().length());
        order = order != 0 ? order : Boolean.compare(kind == Kind.PREFIX, other.kind == Kind.PREFIX);
        return order != 0 ? order : value.compareTo(other.value);
    }

    /** Refuses a path, where one is given, that a client could not ask for. */
    static void target(String key, @Nullable String path) {
        Require.that(
                path == null || path.startsWith(ROOT),
                key,
                "%s does not begin with /".formatted(Plain.quoted(String.valueOf(path))),
                "put / in front");
    }

    private static String certain(String regex) {
        if (regex.indexOf('|') >= 0) {
            return ROOT;
        }
        int end = 0;
        while (end < regex.length() && "\\.+*?()[]{}^$".indexOf(regex.charAt(end)) < 0) {
            end++;
        }
        // A sign of repetition belongs to the letter before it, which need not be there.
        boolean repeated = end < regex.length() && "*?{".indexOf(regex.charAt(end)) >= 0;
        return regex.substring(0, Math.max(1, repeated ? end - 1 : end));
    }

    private static String plain(String key, String path) {
        target(key, Require.present(key, path));
        Require.that(
                path.matches("[A-Za-z0-9._~!$&'()*+,;=:@%/-]+"),
                key,
                "%s has characters that no path has".formatted(Plain.quoted(path)),
                "leave out ?, # and what must be written as %XX");
        Require.that(
                !path.contains("//") && !path.contains("*"),
                key,
                "%s has an empty or starred segment".formatted(Plain.quoted(path)),
                "write one / between segments and leave out *: a prefix takes everything below it");
        ComparedPath.check(key, path);
        boolean trailing = key.equals("prefix") && path.length() > 1 && path.endsWith(ROOT);
        return trailing ? path.substring(0, path.length() - 1) : path;
    }

    @Override
    public String toString() {
        return switch (kind) {
            case EXACT -> "=".concat(value);
            case PREFIX -> value;
            case REGEX -> "~".concat(value);
        };
    }
}
