package io.meshwright.mesh.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.mesh.terms.HttpRequest;
import java.util.Set;

/**
 * A well signed and unexpired JWT that a request carries; {@code place} is such as {@code header authorization},
 * {@code query access_token} or {@code cookie session}.
 */
public record Token(JsonNode claims, String place) {
    static final String HEADER = "authorization";
    private static final String AUTHORIZATION = "header ".concat(HEADER);
    static final String BEARER = "Bearer ";
    /** Stands in the header for a token of which only the claims are known: a JWT by its form. */
    private static final String WRITTEN = BEARER.concat("eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmVk");

    static final Set<String> USUAL_PLACES = Set.of(AUTHORIZATION, "query access_token");

    /** A good JWT in the Authorization header. */
    public static Token bearer(JsonNode claims) {
        return new Token(claims, AUTHORIZATION);
    }

    /** True if it stands in the Authorization header. */
    public boolean isInAuthorization() {
        return place.equals(AUTHORIZATION);
    }

    /** The request with the header that carries it, unless the request says itself what stands there. */
    public HttpRequest carriedBy(HttpRequest request) {
        return !isInAuthorization() || request.header(HEADER).isPresent() ? request : request.with(HEADER, WRITTEN);
    }

    /** The request after a proxy has taken it out, and the whole header with it (Envoy's JwtHeaderLocation). */
    public HttpRequest removedFrom(HttpRequest request) {
        return isInAuthorization() ? request.without(HEADER) : request;
    }

    String issuer() {
        return claims.path("iss").asText("");
    }
}
