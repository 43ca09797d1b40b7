package io.meshwright.value.edge;

import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Names of headers in environment files, which are the same in any case of letters. */
public final class HeaderNames {
    /** Parts of a request that Istio's matches of headers take by these names (VirtualService, HTTPMatchRequest). */
    private static final Set<String> FIELDS = Set.of("uri", "scheme", "method", "authority", "host");

    private HeaderNames() {}

    /**
     * Refuses what is not the name of a header (RFC 9110, 5.6.2).
     *
     * @param example a name that would do
     */
    public static void check(String key, String name, String example) {
        Require.that(
                name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+"),
                key,
                "%s is not the name of a header".formatted(Plain.quoted(name)),
                "give a name such as ".concat(example));
    }

    /**
     * The same by names in small letters, of which none may be a part of the request or stand twice.
     *
     * @param key of a name, for refusals
     * @param example a name that would do
     */
    public static <V> SortedMap<String, V> lowered(
            @Nullable Map<String, V> given, UnaryOperator<String> key, String example) {
        SortedMap<String, V> lowered = new TreeMap<>();
        new TreeMap<>(given == null ? Map.<String, V>of() : given).forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            check(key.apply(name), name, example);
            Require.that(
                    !FIELDS.contains(lower),
                    key.apply(name),
                    "%s is part of the request, not a header".formatted(Plain.quoted(name)),
                    "use host, the path or methods of the route");
            Require.that(
                    lowered.put(lower, value) == null,
                    key.apply(name),
                    "%s is given twice".formatted(Plain.quoted(lower)),
                    "remove one; the case of letters makes no difference");
        });
        return Collections.unmodifiableSortedMap(lowered);
    }
}
