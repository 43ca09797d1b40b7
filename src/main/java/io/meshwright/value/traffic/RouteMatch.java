package io.meshwright.value.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Require;
import io.meshwright.value.edge.HeaderNames;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The conditions on a request, beside its path, for a route to take it; all must hold. */
@Doc("Conditions beside the path; all must hold.")
public record RouteMatch(
        @Defaulted @Doc("Methods; default: all.") List<HttpMethod> methods,

        @Defaulted @Doc("Headers by name, in any case; each must match.")
        Map<String, TextMatch> headers,

        @Defaulted @Doc("Headers that must not match; a missing header does not.")
        Map<String, TextMatch> withoutHeaders,

        @Defaulted @Doc("Query parameters by name; each must match.")
        Map<String, TextMatch> queryParams,

        @Defaulted @Doc("Claims of a verified token by name; only on a host with jwt.")
        Map<String, TextMatch> claims) {
    private static final RouteMatch EVERYTHING = new RouteMatch(null, null, null, null, null);

    public RouteMatch {
        methods = methods == null
                ? List.of()
                : methods.stream().distinct().sorted().toList();
        headers = headers("headers", headers);
        withoutHeaders = headers("withoutHeaders", withoutHeaders);
        queryParams = sorted(queryParams);
        claims = sorted(claims);
        claims.keySet()
                .forEach(name -> Require.that(
                        !name.matches("(?s).*[\\[\\]\\s].*|"),
                        KeyPath.of("claims").key(name).text(),
                        "has brackets or blanks in its name, or no name",
                        "give the claim's name as the token has it"));
    }

    public static RouteMatch everything() {
        return EVERYTHING;
    }

    public RouteMatch withMethods(List<HttpMethod> others) {
        return new RouteMatch(others, headers, withoutHeaders, queryParams, claims);
    }

    public RouteMatch withHeader(String name, TextMatch value) {
        Map<String, TextMatch> more = new TreeMap<>(headers);
        more.put(name, value);
        return new RouteMatch(methods, more, withoutHeaders, queryParams, claims);
    }

    /**
     * The same without the requests that have a header of exactly this value.
     *
     * @throws io.meshwright.value.InvalidValue under {@code match} where the header is asked for here too
     */
    public RouteMatch except(String name, String value) {
        refuseOther(name, value);
        Map<String, TextMatch> more = new TreeMap<>(withoutHeaders);
        more.put(name, TextMatch.exact(value));
        return new RouteMatch(methods, headers, more, queryParams, claims);
    }

    /** Refuses a header by which requests shall pass a maintenance, where the route already asks for its absence. */
    void refuseOther(String name, String value) {
        Require.that(
                !withoutHeaders.containsKey(name),
                "match.withoutHeaders",
                "\"%s\" is also what lets requests through a maintenance".formatted(name),
                "use another header in one of them");
    }

    public RouteMatch withClaim(String name, TextMatch value) {
        Map<String, TextMatch> more = new TreeMap<>(claims);
        more.put(name, value);
        return new RouteMatch(methods, headers, withoutHeaders, queryParams, more);
    }

    /**
     * The same with a condition that a release adds.
     *
     * @throws io.meshwright.value.InvalidValue under {@code match} where the condition's header or claim stands here
     *     too
     */
    public RouteMatch and(Condition condition) {
        Map<String, TextMatch> own = condition.inToken() ? claims : headers;
        String what = condition.inToken() ? "claim" : "header";
        Require.that(
                !own.containsKey(condition.name()),
                "match.%ss".formatted(what),
                "\"%s\" is also what the release decides by".formatted(condition.name()),
                "use another %s in one of them".formatted(what));
        return condition.inToken()
                ? withClaim(condition.name(), condition.value())
                : withHeader(condition.name(), condition.value());
    }

    /** True if nothing but the path decides. */
    public boolean isEverything() {
        return methods.isEmpty() && conditions() == 0;
    }

    /** True if a claim decides, which needs somebody who verifies the token that it stands in. */
    public boolean readsToken() {
        return !claims.isEmpty();
    }

    /** Number of headers, query parameters and claims that are looked at. */
    public int conditions() {
        return headers.size() + withoutHeaders.size() + queryParams.size() + claims.size();
    }

    /**
     * Condition by which a release decides.
     *
     * @param inToken true if it is a claim of a token, and false if it is a header
     * @param name of the claim, or of the header in lower case
     */
    public record Condition(boolean inToken, String name, TextMatch value) {
        /** A header, whose name is in any case. */
        public static Condition header(String name, TextMatch value) {
            return new Condition(false, name.toLowerCase(Locale.ROOT), value);
        }

        /** A cookie among those of a request. */
        static Condition cookie(String name, String valueRegex) {
            return header("cookie", TextMatch.regex("(.*; *)?%s=%s(;.*)?".formatted(name, valueRegex)));
        }

        static Condition claim(String name, TextMatch value) {
            return new Condition(true, name, value);
        }
    }

    private static Map<String, TextMatch> headers(String key, @Nullable Map<String, TextMatch> given) {
        return HeaderNames.lowered(given, name -> key, "x-group");
    }

    private static Map<String, TextMatch> sorted(@Nullable Map<String, TextMatch> given) {
        return given == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(given));
    }
}
