package io.meshwright.value.security;

import com.google.re2j.Pattern;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;

/**
 * The form in which Envoy compares the path of a request: it resolves dot segments, decodes what needs no encoding and
 * takes a backslash for a slash before (envoy, path normalization; RFC 3986, 2.3). A path that is written otherwise is
 * that of no request.
 */
public final class ComparedPath {
    private static final Pattern DOTS = Pattern.compile("(^|.*/)\\.\\.?([/;].*)?");
    private static final Pattern UNRESERVED =
            Pattern.compile(".*%(2[dDeE]|3[0-9]|4[1-9a-fA-F]|5[0-9aAfF]|6[1-9a-fA-F]|7[0-9aAeE]).*");

    private ComparedPath() {}

    /** Refuses a path, or the beginning of one, that no request has where it is compared. */
    public static void check(String key, String path) {
        Require.that(
                !DOTS.matches(path),
                key,
                "%s has a segment . or .., which no path has when it is compared".formatted(Plain.quoted(path)),
                "write the path that is left when it is resolved");
        Require.that(
                path.indexOf('\\') < 0 && !UNRESERVED.matches(path),
                key,
                "%s has a backslash or an encoded letter, digit, -, ., _ or ~, which no path has when it is compared"
                        .formatted(Plain.quoted(path)),
                "write / and the plain character");
    }
}
