package io.meshwright.mesh.terms;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * Compares texts as AuthorizationPolicies do: exactly, or with one asterisk at an end; elsewhere an asterisk is itself
 * (security/authz/matcher).
 */
public final class Wildcard {
    private static final String ANY = "*";
    private static final String SEGMENT = "{*}";
    private static final String SEGMENTS = "{**}";
    private static final String LETTERS = "-a-zA-Z0-9._~%!$&'()+,;:@=*";

    private Wildcard() {}

    public static boolean fits(String pattern, String value) {
        if (pattern.equals(ANY)) {
            return !value.isEmpty();
        }
        if (pattern.startsWith(ANY)) {
            return value.endsWith(pattern.substring(1));
        }
        return pattern.endsWith(ANY)
                ? value.startsWith(pattern.substring(0, pattern.length() - 1))
                : value.equals(pattern);
    }

    public static boolean fitsIgnoringCase(String pattern, String value) {
        return fits(pattern.toLowerCase(Locale.ROOT), value.toLowerCase(Locale.ROOT));
    }

    /**
     * Paths can also be templates: {@code {*}} is one segment, {@code {**}} any number of them. Both stand for what
     * Envoy takes for letters of a path (uri_template_internal.cc; asterisks are among them since Envoy 1.31.8, 1.32.6,
     * 1.33.3 and 1.34.1).
     */
    public static boolean fitsPath(String pattern, String path, IstioVersion version) {
        return isPathTemplate(pattern, version) ? regex(pattern).matches(path) : fits(pattern, path);
    }

    private static boolean isPathTemplate(String path, IstioVersion version) {
        return version.knowsPathTemplates() && (path.contains(SEGMENT) || path.contains(SEGMENTS));
    }

    private static Pattern regex(String template) {
        String quoted = Pattern.quote(template);
        return Pattern.compile(quoted.replace(Pattern.quote(SEGMENTS), "[%s/]*".formatted(LETTERS))
                .replace(Pattern.quote(SEGMENT), "[%s]+".formatted(LETTERS)));
    }

    /**
     * A namespace stands inside a longer identity; before 1.29 its dots, which no valid name has, counted as in a
     * regex.
     */
    public static boolean fitsNamespace(String pattern, String principal, IstioVersion version) {
        String literal =
                version.quotesNamespaces() ? Pattern.quote(pattern).replace("\\*", ".*") : pattern.replace(ANY, ".*");
        try {
            return Pattern.matches(".*/ns/%s/.*".formatted(literal), principal);
        } catch (PatternSyntaxException broken) {
            return false;
        }
    }

    /** True if an address lies in one of these blocks or equals one of these addresses. */
    public static boolean fitsAddress(List<String> blocks, String address) {
        return blocks.stream().anyMatch(block -> AddressBlock.contains(block, address));
    }
}
