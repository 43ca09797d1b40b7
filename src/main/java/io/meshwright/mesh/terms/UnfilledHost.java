package io.meshwright.mesh.terms;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hosts that something fills in before they are applied, such as Flux (postBuild.substitute), envsubst or Helm:
 * {@code shop.${DOMAIN}}. None of the characters by which they are known is one of a host.
 */
public final class UnfilledHost {
    private static final Pattern PART =
            Pattern.compile("\\$\\{[^}]*}|\\{\\{.*?}}|\\$\\([^)]*\\)|<[^>]*>|\\{[^}]*}|\\$\\w+|__\\w+?__");

    /** Stands in the place of a part: at least one label, or a piece of one. */
    private static final String ANYTHING = "[a-z0-9.-]+";

    private UnfilledHost() {}

    /** The first of some hosts that may be this name, or a wildcard over it, once it is filled in. */
    public static Optional<String> mayBe(Collection<String> hosts, String name) {
        return hosts.stream().filter(host -> mayBe(host, name)).findFirst();
    }

    /** True if the host is yet to be filled in and may then stand for this name. */
    public static boolean mayBe(String host, String name) {
        Matcher part = PART.matcher(host);
        StringBuilder filled = new StringBuilder();
        int end = 0;
        while (part.find()) {
            filled.append(literal(host.substring(end, part.start()), end == 0)).append(ANYTHING);
            end = part.end();
        }
        return end > 0
                && Pattern.matches(
                        filled.append(literal(host.substring(end), false)).toString(), name);
    }

    /** A leading asterisk stands for any beginning. */
    private static String literal(String text, boolean first) {
        return first && HostName.isWildcard(text)
                ? "(%s)?%s".formatted(ANYTHING, Pattern.quote(text.substring(1)))
                : Pattern.quote(text);
    }
}
