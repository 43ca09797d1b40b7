package io.meshwright.mesh.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.re2j.Pattern;
import io.meshwright.mesh.terms.HttpRequest;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A JWT of a request; {@code place} is such as {@code header authorization}, {@code query access_token} or
 * {@code cookie session}, {@code proven} true of one that is well signed and not expired, which stands beside the
 * headers, and false of one that is written out in the request, of which nobody here knows.
 */
public record Token(JsonNode claims, String place, boolean proven) {
    private static final String AUTHORIZATION = "header authorization";
    private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]+");
    private static final ObjectReader JSON = new JsonMapper().reader();
    static final String BEARER = "Bearer ";
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
     * The request without one that is written out in it; Envoy removes the header or the parameter whole, and leaves
     * cookies alone (jwt_authn, extractor.cc).
     */
    public HttpRequest takenOut(HttpRequest request) {
        String name = place.substring(place.indexOf(' ') + 1);
        if (place.startsWith("query ")) {
            return request.withoutParameter(name);
        }
        Map<String, String> headers = new TreeMap<>(request.headers());
        return place.startsWith("header ") && headers.remove(name) != null ? request.withHeaders(headers) : request;
    }

    /** True if it stands in the Authorization header. */
    public boolean isInAuthorization() {
        return place.equals(AUTHORIZATION);
    }

    String issuer() {
        return claims.path("iss").asText("");
    }
}
