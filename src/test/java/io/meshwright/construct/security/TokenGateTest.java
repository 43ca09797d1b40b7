package io.meshwright.construct.security;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.construct.Rendered;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Url;
import io.meshwright.value.security.Jwt;
import io.meshwright.value.security.PathPattern;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenGateTest {
    private static final Url ISSUER = Url.of("https://oauth.example.org/realms/shop");
    private static final Jwt JWT =
            Jwt.of(ISSUER).withPublicPaths(PathPattern.of("/health"), PathPattern.below("/public"));

    @Test
    void verifies_tokens_and_hands_them_on() {
        Jwt jwt = new Jwt(ISSUER, null, List.of("shop"), null, null, null, null, Map.of("sub", "x-user"));

        assertThat(render(jwt).only("RequestAuthentication"))
                .hasJson("/spec/selector/matchLabels", "{istio: 'ingressgateway'}")
                .hasJson(
                        "/spec/jwtRules/0",
                        "{issuer: 'https://oauth.example.org/realms/shop', audiences: ['shop'],jwksUri:"
                                + " 'https://oauth.example.org/realms/shop/protocol/openid-connect/certs',"
                                + " forwardOriginalToken: true,outputClaimToHeaders: [{claim: 'sub', header: 'x-user'}]}");
    }

    @Test
    void requires_a_token_save_on_public_paths() {
        assertThat(render(JWT).only("AuthorizationPolicy"))
                .has("/spec/action", "DENY")
                .hasJson(
                        "/spec/rules/0",
                        "{from: [{source: {notRequestPrincipals: ['https://oauth.example.org/realms/shop/*']}}],to:"
                                + " [{operation: {hosts: ['api.example.org', 'api.example.org:*'], notMethods:"
                                + " ['OPTIONS'],notPaths: ['/health', '/public', '/public/*'], ports: ['8443']}}]}");
    }

    @Test
    void lets_a_preflight_pass_because_it_carries_no_token() {
        assertThat(render(JWT).only("AuthorizationPolicy"))
                .hasJson("/spec/rules/1/to/0/operation/methods", "['OPTIONS']")
                .hasJson(
                        "/spec/rules/1/when",
                        "[{key: 'request.headers[access-control-request-method]', notValues: ['*']}]")
                .lacks("/spec/rules/2");
    }

    @Test
    void refuses_a_gate_that_is_switched_off() {
        assertThatThrownBy(() -> render(new Jwt(ISSUER, null, null, null, false, null, null, null)))
                .hasMessageStartingWith("jwt: verification is switched off; make no gate, or set enabled: true");
    }

    @Test
    void refuses_pods_that_cannot_verify() {
        assertThatThrownBy(() -> new TokenGate.Props(Name.of("token"), Shop.MYSQL, JWT, List.of(), null, null))
                .hasMessageContaining("has no HTTP port");
    }

    private static Rendered render(Jwt jwt) {
        return Rendered.of(chart -> TokenGate.Builder.create(chart, "token")
                .name(Name.of("token"))
                .pods(Shop.GATEWAY)
                .jwt(jwt)
                .hosts(List.of(Host.of("api.example.org")))
                .build());
    }
}
