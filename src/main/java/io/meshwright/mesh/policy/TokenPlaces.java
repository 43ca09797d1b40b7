package io.meshwright.mesh.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The places where a rule of a RequestAuthentication looks for tokens: those that it names, else the usual ones
 * (pilot/pkg/security/authn, convertToEnvoyJwtConfig; Envoy's jwt_authn, extractor.cc).
 */
final class TokenPlaces {
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
     * True if the request has something in one of them, which the proxy takes for a token: a header only if the prefix
     * is anywhere in it, in the same case.
     */
    boolean areFilled(HttpRequest request) {
        if (isUsual()) {
            return request.header(Token.HEADER)
                            .filter(value -> value.contains(Token.BEARER))
                            .isPresent()
                    || hasParameter(request, "access_token");
        }
        return headers().stream().anyMatch(header -> isSent(request, header))
                || Fields.texts(rule.path("fromParams")).stream().anyMatch(name -> hasParameter(request, name))
                || Fields.texts(rule.path("fromCookies")).stream().anyMatch(name -> hasCookie(request, name));
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

    private static boolean isSent(HttpRequest request, JsonNode header) {
        String prefix = header.path("prefix").asText("");
        return request.header(name(header))
                .filter(value -> value.contains(prefix))
                .isPresent();
    }

    private static boolean hasParameter(HttpRequest request, String name) {
        String query = request.query().isEmpty() ? "" : request.query().substring(1);
        return Stream.of(query.split("&")).anyMatch(pair -> pair.startsWith(name.concat("=")) || pair.equals(name));
    }

    private static boolean hasCookie(HttpRequest request, String name) {
        return request.values("cookie").stream()
                .flatMap(cookies -> Stream.of(cookies.split(";")))
                .anyMatch(cookie -> cookie.strip().startsWith(name.concat("=")));
    }
}
