package io.meshwright.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Unknown;
import io.meshwright.trace.request.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** A token that is written out in a header may be good: its claims count, its signature and its age are not known. */
class SpeltTokenTest {
    private static final String POLICIES = """
        ---
        {apiVersion: security.istio.io/v1, kind: RequestAuthentication, metadata: {name: jwt, namespace: istio-ingress},
          spec: {selector: {matchLabels: {istio: ingress}}, jwtRules: [{issuer: https://id.example.org}]}}
        ---
        {apiVersion: security.istio.io/v1, kind: RequestAuthentication, metadata: {name: jwt, namespace: shop},
          spec: {jwtRules: [{issuer: https://other.example.org}]}}
        ---
        {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: p, namespace: istio-ingress},
          spec: {selector: {matchLabels: {istio: ingress}}, rules: [{when: [{key: "request.auth.claims[role]", values: [admin]}]}]}}
        """;

    private static Verdict verdict(String claims) {
        String objects = Samples.SHOP
                .concat(Samples.routes("[{route: [{destination: {host: web}}]}]"))
                .concat(POLICIES);
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String token = "%s.%s.c2ln"
                .formatted(
                        encoder.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8)),
                        encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)));
        return Trace.of(Mesh.of(ManifestReader.of("shop.yaml", objects).manifests()))
                .follow(Request.of("GET", "http://shop.example.org/").header("Authorization", "Bearer ".concat(token)))
                .verdict();
    }

    @Test
    void its_claims_decide_what_would_become_of_it() {
        assertThat(verdict("{\"iss\":\"https://id.example.org\",\"role\":\"admin\"}"))
                .isInstanceOfSatisfying(Unknown.class, unknown -> {
                    assertThat(unknown.why()).contains("give its claims by --jwt");
                    // the gateway takes the token out, so that the service's own proxy refuses nobody
                    assertThat(unknown.otherwise()).get().matches(Verdict::isDelivered);
                });
        assertThat(verdict("{\"iss\":\"https://id.example.org\",\"role\":\"guest\"}"))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown ->
                                assertThat(unknown.otherwise()).get().matches(otherwise -> otherwise.isAnswered(403)));
    }

    @Test
    void one_of_an_issuer_that_nobody_trusts_is_refused() {
        assertThat(verdict("{\"iss\":\"https://elsewhere.example.org\",\"role\":\"admin\"}"))
                .matches(verdict -> verdict.isAnswered(401));
    }
}
