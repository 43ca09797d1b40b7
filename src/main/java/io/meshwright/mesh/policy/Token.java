package io.meshwright.mesh.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/**
 * A token that a request carries: its claims when it is a well signed and unexpired JWT, nothing when it is something
 * else; {@code place} is such as {@code header authorization}, {@code query access_token} or {@code cookie session}.
 */
public record Token(Optional<JsonNode> claims, String place) {
    private static final String AUTHORIZATION = "header authorization";
    private static final String BEARER = "Bearer ";
    static final Set<String> USUAL_PLACES = Set.of(AUTHORIZATION, "query access_token");

    /** A good JWT in the Authorization header. */
    public static Token bearer(JsonNode claims) {
        return new Token(Optional.of(claims), AUTHORIZATION);
    }

    /** A Bearer token of another system, which is no JWT. */
    public static Token opaque() {
        return new Token(Optional.empty(), AUTHORIZATION);
    }

    /** The token of another system that an Authorization header carries, if it carries any. */
    public static Optional<Token> opaque(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(opaque())
                : Optional.empty();
    }

    /** True if it stands in the Authorization header. */
    public boolean isInAuthorization() {
        return place.equals(AUTHORIZATION);
    }

    String issuer() {
        return claims.map(claim -> claim.path("iss").asText("")).orElse("");
    }
}
