package io.meshwright.mesh.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * A well signed and unexpired JWT that a request carries beside its headers; {@code place} is such as {@code header
 * authorization}, {@code query access_token} or {@code cookie session}.
 */
public record Token(JsonNode claims, String place) {
    private static final String AUTHORIZATION = "header authorization";
    static final String BEARER = "Bearer ";
    static final Set<String> USUAL_PLACES = Set.of(AUTHORIZATION, "query access_token");

    /** A good JWT in the Authorization header. */
    public static Token bearer(JsonNode claims) {
        return new Token(claims, AUTHORIZATION);
    }

    /** True if it stands in the Authorization header. */
    public boolean isInAuthorization() {
        return place.equals(AUTHORIZATION);
    }

    String issuer() {
        return claims.path("iss").asText("");
    }
}
