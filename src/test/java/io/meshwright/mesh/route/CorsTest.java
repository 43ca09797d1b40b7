package io.meshwright.mesh.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.terms.IstioVersion;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CorsTest {
    private static Optional<Cors> cors(String version, String route) {
        Mesh mesh = Meshes.of(
                "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: a}, spec: {hosts: [x], http: [{%s}]}}"
                        .formatted(route));
        return mesh.virtualServices().all().get(0).written().get(0).cors(IstioVersion.of(version));
    }

    @Test
    void origins_fit_exactly_by_prefix_or_by_regex() {
        Cors cors = cors(
                        "1.26.2",
                        "corsPolicy: {allowOrigins: [{exact: 'https://a.example'}, {regex:"
                                + " 'https://.*[.]b[.]example'}]}")
                .orElseThrow();

        assertThat(cors.admits("https://a.example")).isTrue();
        assertThat(cors.admits("https://a.example/")).isFalse();
        assertThat(cors.admits("https://x.b.example")).isTrue();
        assertThat(cors.admits("http://x.b.example")).isFalse();
        assertThat(cors.admitsAnyOrigin()).isFalse();
    }

    @Test
    void an_asterisk_admits_every_origin() {
        Cors cors = cors("1.26.2", "corsPolicy: {allowOrigins: [{exact: '*'}], allowCredentials: true}")
                .orElseThrow();

        assertThat(cors.admits("https://evil.example")).isTrue();
        assertThat(cors.admitsAnyOrigin()).isTrue();
        assertThat(cors.credentials()).isTrue();
    }

    @Test
    void methods_and_headers_are_what_the_browser_is_told() {
        Cors cors = cors("1.26.2", "corsPolicy: {allowMethods: [PUT], allowHeaders: [Authorization]}")
                .orElseThrow();

        assertThat(cors.admitsMethod("PUT")).isTrue();
        assertThat(cors.admitsMethod("GET")).isTrue();
        assertThat(cors.admitsMethod("DELETE")).isFalse();
        assertThat(cors.admitsHeader("authorization")).isTrue();
        assertThat(cors.admitsHeader("content-type")).isFalse();
    }

    @Test
    void a_redirect_has_no_cors_policy() {
        assertThat(cors("1.26.2", "redirect: {uri: /x}, corsPolicy: {}")).isEmpty();
    }

    @Test
    void what_becomes_of_other_origins_can_be_said_since_1_23() {
        String route = "corsPolicy: {unmatchedPreflights: IGNORE}";

        assertThat(cors("1.23.4", route).orElseThrow().ignoresUnmatched()).isTrue();
        assertThat(cors("1.22.0", route).orElseThrow().ignoresUnmatched()).isFalse();
    }

    @Test
    void a_regex_for_anything_admits_every_origin_and_a_text_of_these_letters_does_not() {
        assertThat(cors("1.26.2", "corsPolicy: {allowOrigins: [{regex: '.*'}]}")
                        .orElseThrow()
                        .admitsAnyOrigin())
                .isTrue();
        assertThat(cors("1.26.2", "corsPolicy: {allowOrigins: [{exact: '.*'}]}")
                        .orElseThrow()
                        .admitsAnyOrigin())
                .isFalse();
        assertThat(cors("1.26.2", "corsPolicy: {allowOrigins: [{regex: '.+'}]}")
                        .orElseThrow()
                        .admitsAnyOrigin())
                .isFalse();
    }
}
