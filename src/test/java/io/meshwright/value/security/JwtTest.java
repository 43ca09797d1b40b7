package io.meshwright.value.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.Url;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JwtTest {
    private static final Url ISSUER = Url.of("https://oauth.example.org/realms/shop");

    @Test
    void finds_keycloaks_keys_below_the_issuer() {
        Jwt jwt = Jwt.of(ISSUER);

        assertThat(jwt.jwksUri()).hasToString("https://oauth.example.org/realms/shop/protocol/openid-connect/certs");
        assertThat(jwt.requestPrincipals()).isEqualTo("https://oauth.example.org/realms/shop/*");
    }

    @Test
    void forwards_the_token_unless_told_otherwise() {
        assertThat(Jwt.of(ISSUER).forward()).isTrue();
        assertThat(new Jwt(ISSUER, null, null, false, null, null, null, null).forward())
                .isFalse();
    }

    @Test
    void refuses_an_issuer_that_no_token_has() {
        assertThatThrownBy(() -> Jwt.of(Url.of("https://oauth.example.org/realms/shop/")))
                .hasMessageStartingWith("issuer: ")
                .hasMessageContaining("without the slash");
    }

    @Test
    void refuses_a_header_that_http_does_not_know() {
        assertThatThrownBy(() -> new Jwt(ISSUER, null, null, null, null, null, null, Map.of("sub", "X User")))
                .hasMessage("claimsToHeaders.sub: \"X User\" is no header name; "
                        + "give lower-case letters, digits and dashes such as x-user");
    }
}
