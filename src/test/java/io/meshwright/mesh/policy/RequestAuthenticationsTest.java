package io.meshwright.mesh.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.policy.TokenVerdict.Result;
import io.meshwright.mesh.terms.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(
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

    private static String spelt(String claims) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return "%s.%s.signature"
                .formatted(
                        encoder.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8)),
                        encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | / | authorization | Bearer % | VERIFIED",
                "'' | / | authorization | bearer % | ABSENT",
                "'' | / | authorization | Bearer % and more | UNAUTHORIZED",
                "'' | /?access_token=% | accept | x | VERIFIED",
                "'audiences: [shop]' | / | authorization | Bearer % | FORBIDDEN",
                "'fromHeaders: [{name: X-Token}]' | / | x-token | % | VERIFIED",
                "'fromHeaders: [{name: X-Token}]' | / | authorization | Bearer % | ABSENT",
                "'fromHeaders: [{name: X-Token, prefix: \"Token\"}]' | / | x-token | 'Token=\"%' | VERIFIED",
                "'fromParams: [t]' | /?a=b&t=% | accept | x | VERIFIED",
                "'fromCookies: [session]' | / | cookie | a=b; session=% | VERIFIED"
            })
    void a_token_that_is_spelt_out_may_be_good_where_its_issuer_is_trusted(
            String fields, String target, String header, String value, Result result) {
        String more = fields.isEmpty() ? "" : ", ".concat(fields);
        String rule = "jwtRules: [{issuer: a%s}, {issuer: b%s}]".formatted(more, more);
        TokenVerdict trusted = verdict(spelt(target, header, value, "{\"iss\":\"a\"}"), Optional.empty(), rule);

        assertThat(trusted.result()).isEqualTo(result);
        assertThat(trusted.isSupposed()).isEqualTo(result == Result.VERIFIED || result == Result.FORBIDDEN);
        assertThat(verdict(spelt(target, header, value, "{\"iss\":\"other\"}"), Optional.empty(), rule)
                        .result())
                .isEqualTo(result == Result.ABSENT ? Result.ABSENT : Result.UNAUTHORIZED);
    }

    private static HttpRequest spelt(String target, String header, String value, String claims) {
        return HttpRequest.of("GET", "https", "x", target.replace("%", spelt(claims)))
                .with(header, value.replace("%", spelt(claims)));
    }

    @Test
    void a_token_that_is_spelt_out_goes_no_further_than_the_proxy_that_reads_it() {
        HttpRequest request = HttpRequest.of("GET", "https", "x", "/?a=b&t=c").with("x-token", "c");
        JsonNode none = ManifestReader.value("{}").orElseThrow();

        assertThat(new Token(none, "header x-token", false).removedFrom(request).header("x-token"))
                .isEmpty();
        assertThat(new Token(none, "query t", false).removedFrom(request).query())
                .isEqualTo("?a=b");
        assertThat(new Token(none, "cookie t", false).removedFrom(request)).isEqualTo(request);
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
                                        ManifestReader.value("{iss: a}").orElseThrow(), "header x-token", true)),
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

    @ParameterizedTest
    @CsvSource(
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
