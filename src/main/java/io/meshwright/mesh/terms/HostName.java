package io.meshwright.mesh.terms;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads and compares host names as Istio does (pkg/config/host/name.go): a leading asterisk stands for any beginning,
 * even for none.
 */
public final class HostName {
    /** Exact names first, then longer wildcards: the order in which Envoy and istiod prefer them. */
    public static final Comparator<String> MOST_SPECIFIC_FIRST = Comparator.comparing(HostName::isWildcard)
            .thenComparing(Comparator.comparingInt(String::length).reversed())
            .thenComparing(Comparator.naturalOrder());

    private static final String ANY = "*";

    private HostName() {}

    /**
     * A name without a dot belongs to the namespace of the object that writes it; a name with one is taken as it is,
     * even {@code reviews.prod}.
     */
    public static String resolve(String host, String namespace, String domain) {
        String lower = host.toLowerCase(Locale.ROOT);
        boolean whole = lower.isEmpty() || lower.equals(ANY) || lower.indexOf('.') >= 0;
        return whole ? lower : ofService(lower, namespace, domain);
    }

    /** {@code reviews.shop.svc.cluster.local}. */
    public static String ofService(String name, String namespace, String domain) {
        return String.join(".", name, namespace, "svc", domain);
    }

    /** The whole name of a Service for {@code reviews.shop} and {@code reviews.shop.svc}, which DNS completes so. */
    public static Optional<String> completed(String host, String domain) {
        String[] parts = host.split("\\.", -1);
        boolean partial = parts.length == 2 || parts.length == 3 && parts[2].equals("svc");
        return partial ? Optional.of(ofService(parts[0], parts[1], domain)) : Optional.empty();
    }

    public static boolean isWildcard(String host) {
        return !host.isEmpty() && host.charAt(0) == '*';
    }

    /** True if some name fits both. */
    public static boolean overlap(String one, String other) {
        return within(one, other) || within(other, one);
    }

    /** True if every name that fits the first also fits the second. */
    public static boolean within(String one, String other) {
        if (!isWildcard(other)) {
            return one.equals(other);
        }
        String suffix = other.substring(1);
        return isWildcard(one) ? one.length() >= other.length() && one.endsWith(suffix) : one.endsWith(suffix);
    }

    /** Every wildcard that a host lies within, written or not, the most specific first. */
    public static Stream<String> wildcardsOver(String host) {
        return IntStream.rangeClosed(isWildcard(host) ? 1 : 0, host.length())
                .mapToObj(start -> ANY.concat(host.substring(start)));
    }

    /** The names that fit both: the narrower of the two, if one lies within the other. */
    public static Optional<String> intersection(String one, String other) {
        if (within(one, other)) {
            return Optional.of(one);
        }
        return within(other, one) ? Optional.of(other) : Optional.empty();
    }

    /** A name without the dot at its end by which DNS completes it no further. */
    public static String withoutRoot(String name) {
        return name.length() > 1 && name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
