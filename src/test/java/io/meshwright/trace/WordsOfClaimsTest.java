package io.meshwright.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.trace.request.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Some claims are texts of several words, which policies and routes ask for one by one. */
class WordsOfClaimsTest {
    private static final String ISSUER = "https://id.example.org";

    private static ObjectNode claims() {
        ObjectNode claims = JsonNodeFactory.instance.objectNode().put("iss", ISSUER);
        claims.put("sub", "anna").put("scope", "openid read").put("permission", "buy sell");
        claims.put("roles", "user admin").putObject("realm").put("scope", "open closed");
        return claims;
    }

    private static Trace known(String release, String rule, String routes, String... others) {
        String objects =
                Samples.SHOP.concat(routes).concat("""
                ---
                {apiVersion: security.istio.io/v1, kind: RequestAuthentication, metadata: {name: jwt, namespace: istio-ingress},
                  spec: {selector: {matchLabels: {istio: ingress}}, jwtRules: [{issuer: %s%s}]}}
                """.formatted(ISSUER, rule)).concat(String.join("", others));
        return Trace.of(Mesh.of(ManifestReader.of("shop.yaml", objects).manifests(), IstioVersion.of(release)));
    }

    private static boolean admitted(String release, String rule, String claim, String value) {
        return known(release, rule, Samples.routes("[{route: [{destination: {host: web}}]}]"), """
                        ---
                        {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: p, namespace: istio-ingress},
                          spec: {selector: {matchLabels: {istio: ingress}},
                            rules: [{when: [{key: "request.auth.claims[%s]", values: ["%s"]}]}]}}
                        """.formatted(
                                claim, value))
                .follow(Request.of("GET", "http://shop.example.org/").jwt(claims()))
                .verdict()
                .isDelivered();
    }

    @ParameterizedTest
    @CsvSource({
        "scope, read, true",
        "scope, openid read, false",
        "scope, openid*, true",
        "permission, sell, true",
        "roles, admin, false",
        "roles, user admin, true",
        "realm][scope, open, false",
        "realm][scope, open closed, true"
    })
    void scope_and_permission_are_lists_of_words(String claim, String value, boolean expected) {
        assertThat(admitted("1.30.5", "", claim, value)).isEqualTo(expected);
    }

    @Test
    void a_rule_may_name_more_of_them() {
        String named = ", spaceDelimitedClaims: [roles]";

        assertThat(admitted("1.28.0", named, "roles", "admin")).isTrue();
        assertThat(admitted("1.27.9", named, "roles", "admin")).isFalse();
        assertThat(admitted("1.28.0", named, "scope", "read")).isTrue();
    }

    @Test
    void every_text_was_one_before_Envoy_verified_tokens() {
        assertThat(admitted("1.20.8", "", "roles", "admin")).isTrue();
        assertThat(admitted("1.21.0", "", "roles", "admin")).isFalse();
    }

    @Test
    void routes_read_the_same_words() {
        String routes = Samples.routes(
                "[{match: [{headers: {'@request.auth.claims.scope': {exact: read}}}], route: [{destination: {host: web}}]}]");

        assertThat(known("1.30.5", "", routes)
                        .follow(Request.of("GET", "http://shop.example.org/").jwt(claims()))
                        .verdict()
                        .isDelivered())
                .isTrue();
    }

    @Test
    void headers_tell_the_text_as_it_stands() {
        assertThat(known(
                                "1.30.5",
                                ", outputClaimToHeaders: [{header: x-scope, claim: scope}]",
                                Samples.routes("[{match: [{headers: {x-scope: {exact: openid read}}}],"
                                        + " route: [{destination: {host: web}}]}]"))
                        .follow(Request.of("GET", "http://shop.example.org/").jwt(claims()))
                        .verdict()
                        .isDelivered())
                .isTrue();
    }
}
