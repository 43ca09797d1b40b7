package io.meshwright.mesh.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.re2j.Pattern;
import io.meshwright.mesh.terms.HttpRequest;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * A JWT of a request; {@code place} is such as {@code header authorization}, {@code query access_token} or
 * {@code cookie session}, {@code proven} true of one that is well signed and not expired, which stands beside the
 * headers, and false of one that is written out in the request, of which nobody here knows.
 */
public record Token(JsonNode claims, String place, boolean proven) {
    static final String HEADER = "authorization";
    private static final String AUTHORIZATION = "header ".concat(HEADER);
    private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]+");
    private static final ObjectReader JSON = new JsonMapper().reader();
    static final String BEARER = "Bearer ";
    /** Stands in the header for a token of which only the claims are known: a JWT by its form. */
    private static final String WRITTEN = BEARER.concat("eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmVk");

    static final Set<String> USUAL_PLACES = Set.of(AUTHORIZATION, "query access_token");

    /** A good JWT in the Authorization header. */
    public static Token bearer(JsonNode claims) {
        return new Token(claims, AUTHORIZATION, true);
    }

    /**
     * The token that a text spells out, if it is one: three parts, of which two are objects (RFC 7519, section 7.2).
     */
    static Optional<Token> written(String text, String place) {
        String[] parts = text.split("\\.", -1);
        return parts.length == 3
                        && BASE64URL.matches(parts[2])
                        && decoded(parts[0]).isPresent()
                ? decoded(parts[1]).map(claims -> new Token(claims, place, false))
                : Optional.empty();
    }

    private static Optional<JsonNode> decoded(String part) {
        try {
            return Optional.of(JSON.readTree(Base64.getUrlDecoder().decode(part)))
                    .filter(JsonNode::isObject);
        } catch (IllegalArgumentException | IOException noToken) {
            return Optional.empty();
        }
    }

    /**
     * The request after a proxy has taken it out, and the whole header or parameter with it; cookies stay (jwt_authn,
     * extractor.cc).
     */
    public HttpRequest removedFrom(HttpRequest request) {
        String name = place.substring(place.indexOf(' ') + 1);
        return place.startsWith("header ")
                ? request.without(name)
                : place.startsWith("query ") ? request.withoutParameter(name) : request;
    }

    /** True if it stands in the Authorization header. */
    public boolean isInAuthorization() {
        return place.equals(AUTHORIZATION);
    }

    /** The request with the header that carries it, unless the request says itself what stands there. */
    public HttpRequest carriedBy(HttpRequest request) {
        return !isInAuthorization() || request.header(HEADER).isPresent() ? request : request.with(HEADER, WRITTEN);
    }

    String issuer() {
        return claims.path("iss").asText("");
    }
}
