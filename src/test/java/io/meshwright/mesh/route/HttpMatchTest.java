package io.meshwright.mesh.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.IstioVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpMatchTest {
    private static final HttpRequest REQUEST = HttpRequest.of(
                    "GET", "http", "Shop.example:8080", "/api/v1/items?q=1&q=2&empty=")
            .with("X-User", "anna")
            .with("cookie", "a=b; group=beta");

    private static boolean fits(String match, HttpRequest request, String version) {
        Mesh mesh = Meshes.of(
                "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: a}, spec: {hosts: [x], http: [{match: [{%s}]}]}}"
                        .formatted(match));
        return mesh.virtualServices()
                .all()
                .get(0)
                .written()
                .get(0)
                .matches()
                .get(0)
                .fits(request, IstioVersion.of(version));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uri: {exact: /api/v1/items} | true",
                "uri: {exact: /api/v1/items/} | false",
                "uri: {prefix: /ap} | true",
                "uri: {prefix: /api/v1/items/} | false",
                "uri: {prefix: /API}, ignoreUriCase: true | true",
                "uri: {regex: '/API/.*'}, ignoreUriCase: true | false",
                "uri: {regex: '/api/v[0-9]'} | false",
                "uri: {regex: '/api/v[0-9]/.*'} | true",
                "uri: {regex: '(?<=x)'} | false",
                "method: {exact: GET} | true",
                "method: {exact: get} | false",
                "authority: {exact: shop.example} | false",
                "authority: {exact: 'shop.example:8080'} | false",
                "authority: {exact: 'Shop.example:8080'} | true",
                "headers: {X-User: {exact: anna}} | true",
                "headers: {x-user: {}} | true",
                "headers: {x-user: {regex: '*'}} | true",
                "headers: {x-none: {regex: '*'}} | false",
                "headers: {x-user: {exact: ''}} | false",
                "headers: {x-user: {prefix: ''}} | true",
                "headers: {cookie: {regex: '.*group=beta.*'}} | true",
                "headers: {cookie: {regex: 'group=beta'}} | false",
                "headers: {'@request.auth.claims.sub': {exact: anna}} | false",
                "withoutHeaders: {x-none: {exact: a}} | true",
                "withoutHeaders: {x-user: {exact: anna}} | false",
                "withoutHeaders: {x-user: {}} | false",
                "withoutHeaders: {x-none: {}} | true",
                "queryParams: {q: {exact: '1'}} | true",
                "queryParams: {q: {exact: '2'}} | false",
                "queryParams: {empty: {}} | true",
                "queryParams: {none: {regex: '.*'}} | false",
                "uri: {prefix: /api}, headers: {x-user: {exact: bert}} | false",
                "uri: 3, headers: [x], method: x | true"
            })
    void all_fields_must_fit(String match, boolean expected) {
        assertThat(fits(match, REQUEST, "1.26.2")).isEqualTo(expected);
    }

    @Test
    void before_1_22_a_missing_header_spoils_a_match_without_it() {
        assertThat(fits("withoutHeaders: {x-none: {exact: a}}", REQUEST, "1.21.0"))
                .isFalse();
    }

    @Test
    void claims_are_matched_with_their_case_once_a_token_is_verified() {
        HttpRequest verified =
                REQUEST.withClaims(ManifestReader.value("{sub: anna, realm: {Roles: [admin, user]}, age: 3}")
                        .orElseThrow());

        assertThat(fits("headers: {'@request.auth.claims.sub': {exact: anna}}", verified, "1.26.2"))
                .isTrue();
        assertThat(fits("headers: {'@request.auth.claims.realm.Roles': {exact: user}}", verified, "1.26.2"))
                .isTrue();
        assertThat(fits("headers: {'@request.auth.claims[realm][roles]': {exact: user}}", verified, "1.26.2"))
                .isFalse();
        assertThat(fits("withoutHeaders: {'@request.auth.claims.sub': {exact: anna}}", verified, "1.26.2"))
                .isFalse();
        assertThat(fits("withoutHeaders: {'@request.auth.claims.sub': {exact: bert}}", verified, "1.26.2"))
                .isTrue();
        assertThat(fits("withoutHeaders: {'@request.auth.claims.none': {exact: anna}}", verified, "1.26.2"))
                .isTrue();
        assertThat(fits("withoutHeaders: {'@request.auth.claims.sub': {exact: anna}}", REQUEST, "1.26.2"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/a/./b, /a/b",
        "/a/../b, /b",
        "/../b, /b",
        "/a/.., /",
        "/a/b/., /a/b/",
        "/a//b, /a//b",
        "/a\\b, /a/b",
        "/%61%2Fb, /a%2Fb",
        "/a/%2e%2e/b, /b",
        "*, *"
    })
    void paths_are_normalized_before_they_are_matched(String written, String seen) {
        assertThat(HttpRequest.of("GET", "http", "x", written).path()).isEqualTo(seen);
    }

    @Test
    void a_preflight_needs_a_method_and_two_headers() {
        HttpRequest options = HttpRequest.of("OPTIONS", "https", "x", "/").with("Origin", "https://a");

        assertThat(options.isPreflight()).isFalse();
        assertThat(options.with("Access-Control-Request-Method", "POST").isPreflight())
                .isTrue();
    }

    @Test
    void the_host_is_the_authority_without_its_port() {
        assertThat(REQUEST.host()).isEqualTo("shop.example");
        assertThat(HttpRequest.of("GET", "http", "[::1]:80", "/").host()).isEqualTo("[::1]");
        assertThat(HttpRequest.of("GET", "http", "[::1]", "/").host()).isEqualTo("[::1]");
    }

    @Test
    void what_takes_every_path_and_asks_for_nothing_else_is_a_catch_all() {
        Mesh mesh = Meshes.of(
                "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: a}, spec: {hosts: [x],"
                        + " http: [{match: [{uri: {prefix: /}}, {uri: {regex: '.*'}}, {uri: {prefix: /}, method: {exact:"
                        + " GET}}, {uri: {exact: /}}]}]}}");

        assertThat(Meshes.only(mesh, Kind.VIRTUAL_SERVICE)).isNotNull();
        assertThat(mesh.virtualServices().all().get(0).written().get(0).matches())
                .extracting(HttpMatch::isCatchAll)
                .containsExactly(true, true, false, false);
    }
}
