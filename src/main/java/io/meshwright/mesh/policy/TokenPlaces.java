package io.meshwright.mesh.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The places where a rule of a RequestAuthentication looks for tokens: those that it names, else the usual ones
 * (pilot/pkg/security/authn, convertToEnvoyJwtConfig; Envoy's jwt_authn, extractor.cc).
 */
final class TokenPlaces {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_.-].*");

    private final JsonNode rule;

    TokenPlaces(JsonNode rule) {
        this.rule = rule;
    }

    /** True if it looks there; {@code place} as {@link Token} writes it. */
    boolean has(String place) {
        Set<String> places = new TreeSet<>();
        headers().stream()
                .filter(TokenPlaces::isReadable)
                .map(TokenPlaces::name)
                .forEach(header -> places.add("header %s".formatted(header)));
        Fields.texts(rule.path("fromParams")).forEach(parameter -> places.add("query %s".formatted(parameter)));
        Fields.texts(rule.path("fromCookies")).forEach(cookie -> places.add("cookie %s".formatted(cookie)));
        return isUsual() ? Token.USUAL_PLACES.contains(place) : places.contains(place);
    }

    /**
     * Texts of the request itself that the proxy takes for tokens, by their places: of a header the part that follows
     * the prefix, which may be anywhere in it, in the same case.
     */
    Stream<Map.Entry<String, String>> filled(HttpRequest request) {
        if (isUsual()) {
            return Stream.concat(headerValue(request, Token.HEADER, Token.BEARER), parameter(request, "access_token"));
        }
        return Stream.of(
                        headers().stream()
                                .flatMap(header -> headerValue(
                                        request,
                                        name(header),
                                        header.path("prefix").asText(""))),
                        Fields.texts(rule.path("fromParams")).stream().flatMap(name -> parameter(request, name)),
                        Fields.texts(rule.path("fromCookies")).stream().flatMap(name -> cookie(request, name)))
                .flatMap(found -> found);
    }

    private boolean isUsual() {
        return Stream.of("fromHeaders", "fromParams", "fromCookies")
                .allMatch(field -> rule.path(field).isEmpty());
    }

    private List<JsonNode> headers() {
        return Fields.items(rule.path("fromHeaders"));
    }

    private static String name(JsonNode header) {
        return header.path("name").asText("").toLowerCase(Locale.ROOT);
    }

    /** In Authorization a token stands behind "Bearer": without that prefix the word belongs to what is read. */
    private static boolean isReadable(JsonNode header) {
        return !name(header).equals(Token.HEADER)
                || header.path("prefix").asText("").strip().equals(Token.BEARER.strip());
    }

    private static Stream<Map.Entry<String, String>> headerValue(HttpRequest request, String name, String prefix) {
        return request.values(name).stream()
                .filter(value -> value.contains(prefix))
                .map(value -> Map.entry("header %s".formatted(name), prefix.isEmpty() ? value : after(value, prefix)));
    }

    /** The part behind the prefix, from the first character on that a JWT may have. */
    private static String after(String value, String prefix) {
        Matcher token = TOKEN.matcher(value.substring(value.indexOf(prefix) + prefix.length()));
        return token.find() ? token.group() : value;
    }

    private static Stream<Map.Entry<String, String>> parameter(HttpRequest request, String name) {
        String query = request.query().isEmpty() ? "" : request.query().substring(1);
        return named("query", name, Stream.of(query.split("&")));
    }

    private static Stream<Map.Entry<String, String>> cookie(HttpRequest request, String name) {
        return named(
                "cookie",
                name,
                request.values("cookie").stream()
                        .flatMap(cookies -> Stream.of(cookies.split(";")))
                        .map(String::strip)
                        .filter(cookie -> cookie.contains("=")));
    }

    private static Stream<Map.Entry<String, String>> named(String kind, String name, Stream<String> pairs) {
        return pairs.filter(pair -> pair.startsWith(name.concat("=")) || pair.equals(name))
                .limit(1)
                .map(pair -> Map.entry(
                        "%s %s".formatted(kind, name), pair.equals(name) ? "" : pair.substring(name.length() + 1)));
    }
}
