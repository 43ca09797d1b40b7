package io.meshwright.mesh.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.policy.TokenVerdict.Result;
import io.meshwright.mesh.terms.HttpRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestAuthenticationsTest {
    private static final HttpRequest GET = HttpRequest.of("GET", "http", "shop.example", "/");
    private static final String KEYCLOAK =
            "jwtRules: [{issuer: 'https://keycloak/realms/shop', audiences: [shop], forwardOriginalToken: true}]";

    private static TokenVerdict verdict(HttpRequest request, Optional<Token> token, String... specs) {
        StringBuilder policies = new StringBuilder();
        for (String spec : specs) {
            policies.append(
                    "---\n{apiVersion: security.istio.io/v1, kind: RequestAuthentication, metadata: {name: a, namespace: shop}, spec: {%s}}\n"
                            .formatted(spec));
        }
        Mesh mesh = Meshes.of(Meshes.injected("shop"), Meshes.deployment("shop", "web"), policies.toString());
        return mesh.requestAuthentications().evaluate(Meshes.pod(mesh, "shop", "web"), request, token);
    }

    private static Optional<Token> token(String claims) {
        JsonNode node = ManifestReader.value(claims).orElseThrow();
        return Optional.of(Token.bearer(node));
    }

    @Test
    void a_request_without_a_token_passes() {
        assertThat(verdict(GET, Optional.empty(), KEYCLOAK).result()).isEqualTo(Result.ABSENT);
    }

    @Test
    void a_token_of_a_trusted_issuer_is_verified() {
        TokenVerdict verdict =
                verdict(GET, token("{iss: 'https://keycloak/realms/shop', aud: [shop, account]}"), KEYCLOAK);

        assertThat(verdict.result()).isEqualTo(Result.VERIFIED);
        assertThat(verdict.rule().orElseThrow().forwards()).isTrue();
        assertThat(verdict.rule().orElseThrow().source().pointer()).isEqualTo("/spec/jwtRules/0");
    }

    @Test
    void a_foreign_token_is_refused_even_where_none_is_needed() {
        assertThat(verdict(GET, token("{iss: other}"), KEYCLOAK).result()).isEqualTo(Result.UNAUTHORIZED);
        assertThat(verdict(GET.with("authorization", "Bearer abc"), Optional.empty(), KEYCLOAK)
                        .result())
                .isEqualTo(Result.UNAUTHORIZED);
    }

    @org.junit.jupiter.params.ParameterizedTest
    @org.junit.jupiter.params.provider.CsvSource(
            delimiter = '|',
            value = {
                "'' | / | authorization | Bearer abc | UNAUTHORIZED",
                "'' | / | authorization | bearer abc | ABSENT",
                "'' | / | authorization | Basic abc | ABSENT",
                "'' | /?access_token=abc | accept | x | UNAUTHORIZED",
                "'' | /?my_access_token=abc | accept | x | ABSENT",
                "'fromHeaders: [{name: Authorization, prefix: \"Token \"}]' | / | authorization | Bearer abc | ABSENT",
                "'fromHeaders: [{name: Authorization, prefix: \"Token \"}]' | / | authorization | Token abc | UNAUTHORIZED",
                "'fromHeaders: [{name: Authorization, prefix: \"Token \"}]' | / | authorization | A Token abc | UNAUTHORIZED",
                "'fromHeaders: [{name: X-Token}]' | / | x-token | abc | UNAUTHORIZED",
                "'fromHeaders: [{name: X-Token}]' | / | authorization | Bearer abc | ABSENT",
                "'fromHeaders: [{name: X-Token}]' | /?access_token=abc | accept | x | ABSENT",
                "'fromParams: [t]' | /?a=b&t=abc | accept | x | UNAUTHORIZED",
                "'fromCookies: [session]' | / | cookie | a=b; session=abc | UNAUTHORIZED",
                "'fromCookies: [session]' | / | cookie | mysession=abc | ABSENT"
            })
    void what_a_request_itself_has_where_a_rule_looks_is_taken_for_a_token(
            String places, String target, String header, String value, Result result) {
        HttpRequest request = HttpRequest.of("GET", "https", "x", target).with(header, value);
        String rule = "jwtRules: [{issuer: a%s}]".formatted(places.isEmpty() ? "" : ", ".concat(places));

        assertThat(verdict(request, Optional.empty(), rule).result()).isEqualTo(result);
    }

    @Test
    void a_foreign_audience_is_forbidden() {
        assertThat(verdict(GET, token("{iss: 'https://keycloak/realms/shop', aud: other}"), KEYCLOAK)
                        .result())
                .isEqualTo(Result.FORBIDDEN);
    }

    @Test
    void one_of_several_rules_suffices() {
        assertThat(verdict(GET, token("{iss: b}"), KEYCLOAK, "jwtRules: [{issuer: b}]")
                        .result())
                .isEqualTo(Result.VERIFIED);
    }

    @Test
    void named_places_replace_the_usual_ones() {
        String rule = "jwtRules: [{issuer: a, fromHeaders: [{name: X-Token}]}]";

        assertThat(verdict(GET, token("{iss: a}"), rule).result()).isEqualTo(Result.ABSENT);
        assertThat(verdict(
                                GET,
                                Optional.of(new Token(
                                        ManifestReader.value("{iss: a}").orElseThrow(), "header x-token")),
                                rule)
                        .result())
                .isEqualTo(Result.VERIFIED);
    }

    @Test
    void a_preflight_is_not_looked_at() {
        HttpRequest preflight = HttpRequest.of("OPTIONS", "https", "x", "/")
                .with("origin", "https://a")
                .with("access-control-request-method", "GET");

        assertThat(verdict(preflight, token("{iss: other}"), KEYCLOAK).result()).isEqualTo(Result.SKIPPED);
    }

    @Test
    void only_what_acts_on_the_pod_counts() {
        assertThat(verdict(GET, token("{iss: other}"), "selector: {matchLabels: {app: other}}, jwtRules: [{issuer: a}]")
                        .result())
                .isEqualTo(Result.UNREAD);
        assertThat(verdict(GET, token("{iss: other}"), "jwtRules: x").result()).isEqualTo(Result.UNREAD);
    }

    @org.junit.jupiter.params.ParameterizedTest
    @org.junit.jupiter.params.provider.CsvSource(
            delimiter = '|',
            value = {
                "'' | header authorization | true",
                "'' | query access_token | true",
                "'' | cookie session | false",
                "fromParams: [t] | query t | true",
                "fromParams: [t] | query u | false",
                "fromParams: [t] | header authorization | false",
                "fromCookies: [session] | cookie session | true",
                "fromCookies: [session] | header authorization | false",
                "'fromHeaders: [{name: X-Token}], fromCookies: [session]' | header x-token | true"
            })
    void places_that_are_named_replace_the_usual_ones(String said, String place, boolean read) {
        assertThat(rules("jwtRules: [{issuer: a, %s}]".formatted(said)))
                .singleElement()
                .satisfies(rule -> assertThat(rule.reads(place)).isEqualTo(read));
    }

    private static java.util.List<JwtRule> rules(String... specs) {
        StringBuilder policies = new StringBuilder();
        for (String spec : specs) {
            policies.append(
                    "---\n{apiVersion: security.istio.io/v1, kind: RequestAuthentication, metadata: {name: a, namespace: shop}, spec: {%s}}\n"
                            .formatted(spec));
        }
        Mesh mesh = Meshes.of(Meshes.injected("shop"), Meshes.deployment("shop", "web"), policies.toString());
        return mesh.requestAuthentications().rules(Meshes.pod(mesh, "shop", "web"));
    }

    @Test
    void rules_are_in_the_order_of_their_issuers_and_only_those_that_act_on_the_pod() {
        assertThat(
                        rules(
                                "jwtRules: [{issuer: c}, {issuer: a}]",
                                "jwtRules: [{issuer: b}]",
                                "selector: {matchLabels: {app: other}}, jwtRules: [{issuer: d}]",
                                "targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: gw}], jwtRules: [{issuer: e}]"))
                .extracting(JwtRule::issuer)
                .containsExactly("a", "b", "c");
    }
}
