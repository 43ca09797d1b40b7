package io.meshwright.value.security;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Url;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tokens that the mesh verifies, and the paths that need one. */
@Doc("Tokens that the mesh verifies, and the paths that need one.")
public record Jwt(
        @Required @Doc("The token's iss, letter for letter; for Keycloak https://HOST/realms/REALM.")
        Url issuer,

        @Defaulted @Doc("Where istiod fetches the signing keys; default: Keycloak's path below the issuer.")
        Url jwksUri,

        @Defaulted @Doc("Accepted aud; default: any.") List<String> audiences,

        @Defaulted @Doc("Whether the application still gets the token; default true.")
        Boolean forward,

        @Defaulted @Doc("Whether the mesh verifies at all; default true. False keeps the settings for later.")
        Boolean enabled,

        @Defaulted @Doc("Paths that need a token; default: all.")
        List<PathPattern> protectedPaths,

        @Defaulted @Doc("Paths among them that need none. A bad token is refused there too.")
        List<PathPattern> publicPaths,

        @Defaulted @Doc("Claims that the application gets as headers, claim: header.")
        Map<String, String> claimsToHeaders) {
    public Jwt {
        Require.present("issuer", issuer);
        Require.that(
                !issuer.value().endsWith("/"),
                "issuer",
                "%s ends with a slash".formatted(Plain.quoted(issuer.value())),
                "write it as the token's iss has it, without the slash");
        jwksUri = jwksUri == null ? Url.of(issuer + "/protocol/openid-connect/certs") : jwksUri;
        audiences = audiences == null ? List.of() : List.copyOf(audiences);
        forward = forward == null || forward;
        enabled = enabled == null || enabled;
        protectedPaths = protectedPaths == null ? List.of() : List.copyOf(protectedPaths);
        publicPaths = publicPaths == null ? List.of() : List.copyOf(publicPaths);
        claimsToHeaders =
                claimsToHeaders == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(claimsToHeaders));
        claimsToHeaders.forEach(Jwt::requireHeader);
    }

    /** Keycloak's tokens on every path. */
    public static Jwt of(Url issuer) {
        return new Jwt(issuer, null, null, null, null, null, null, null);
    }

    public Jwt withPublicPaths(PathPattern... paths) {
        return new Jwt(issuer, jwksUri, audiences, forward, enabled, protectedPaths, List.of(paths), claimsToHeaders);
    }

    /** The issuer's every subject, as {@code requestPrincipals} compares it. */
    public String requestPrincipals() {
        return "%s/*".formatted(issuer);
    }

    private static void requireHeader(String claim, String header) {
        if (!header.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")) {
            throw new InvalidValue(
                    "claimsToHeaders.%s".formatted(claim),
                    "%s is no header name".formatted(Plain.quoted(header)),
                    "give lower-case letters, digits and dashes such as x-user");
        }
    }
}
