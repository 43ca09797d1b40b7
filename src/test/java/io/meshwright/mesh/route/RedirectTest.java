package io.meshwright.mesh.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.IstioVersion;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectTest {
    private static final IstioVersion RELEASE = IstioVersion.of("1.31.0");

    /** The host keeps the client's port unless another takes its place, or it was that of a scheme that changes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // what the route says, address of the request, port of the listener, where it leads
                "uri: /x | http://a.example | 80 | http://a.example/x",
                "uri: /x | http://a.example:8080 | 8080 | http://a.example:8080/x",
                "authority: b.example | http://a.example:8080 | 8080 | http://b.example/p",
                "'authority: b.example, port: 81' | http://a.example | 80 | http://b.example:81/p",
                "port: 8443 | http://a.example:8080 | 8080 | http://a.example:8443/p",
                "port: 80 | http://a.example | 80 | http://a.example/p",
                "port: 443 | http://a.example | 80 | http://a.example:443/p",
                "port: 80 | https://a.example | 443 | https://a.example:80/p",
                "port: 443 | https://a.example | 443 | https://a.example/p",
                "derivePort: FROM_REQUEST_PORT | http://a.example | 8080 | http://a.example:8080/p",
                "derivePort: FROM_REQUEST_PORT | http://a.example | 80 | http://a.example/p",
                "'derivePort: FROM_REQUEST_PORT, authority: b.example' | http://a.example | 8080 | http://b.example:8080/p",
                "derivePort: FROM_PROTOCOL_DEFAULT | http://a.example:8080 | 8080 | http://a.example:8080/p",
                "scheme: https | http://a.example | 80 | https://a.example/p",
                "scheme: https | http://a.example:80 | 80 | https://a.example/p",
                "scheme: https | http://a.example:8080 | 8080 | https://a.example:8080/p",
                "scheme: http | https://a.example:443 | 443 | http://a.example/p",
                "scheme: http | http://a.example:80 | 80 | http://a.example:80/p",
                "'scheme: https, port: 443' | http://a.example:8080 | 8080 | https://a.example:8080/p",
                "'scheme: https, port: 8443' | http://a.example:8080 | 8080 | https://a.example:8443/p"
            })
    void a_redirect_leads_where_envoy_says(String redirect, String from, int port, String expected) {
        String[] address = from.split("://");

        assertThat(Redirect.of(entry(redirect), HttpRequest.of("GET", address[0], address[1], "/p"), port, RELEASE))
                .hasToString(expected);
    }

    /** The part that the match names, or "/" without any; up to 1.30 the API server drops the field. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.31.0 | {prefixRewrite: /bar, authority: b.example} | {prefix: /foo} | /foo/x | http://b.example/bar/x",
                "1.31.0 | {prefixRewrite: /bar} | {prefix: /foo} | /foo | http://a.example/bar",
                "1.31.0 | {prefixRewrite: /bar/} | {prefix: /} | /x | http://a.example/bar/x",
                "1.30.5 | {prefixRewrite: /bar, authority: b.example} | {prefix: /foo} | /foo/x | http://b.example/foo/x"
            })
    void a_redirect_replaces_the_matched_part_of_the_path_from_1_31_on(
            String release, String redirect, String uri, String path, String expected) {
        Mesh mesh = Meshes.of(
                "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: a, namespace: shop}, spec: {hosts: [a.example], http: [{match: [{uri: %s}], redirect: %s}]}}"
                        .formatted(uri, redirect));
        HttpRoute route = mesh.virtualServices().all().get(0).written().get(0);

        assertThat(Redirect.of(
                        new RouteEntry(route, Optional.of(route.matches().get(0))),
                        HttpRequest.of("GET", "http", "a.example", path),
                        80,
                        IstioVersion.of(release)))
                .hasToString(expected);
    }

    /** The client's query stays, unless the route writes one of its own (istio issue 24354). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uri: /x | /p?a=1&a=2 | http://a.example/x?a=1&a=2",
                "'uri: \"/x?b=3\"' | /p?a=1 | http://a.example/x?b=3",
                "scheme: https | /p?a=1 | https://a.example/p?a=1",
                "authority: b.example | /p | http://b.example/p"
            })
    void a_redirect_keeps_the_query(String redirect, String target, String expected) {
        assertThat(Redirect.of(entry(redirect), HttpRequest.of("GET", "http", "a.example", target), 80, RELEASE))
                .hasToString(expected);
    }

    private static RouteEntry entry(String redirect) {
        Mesh mesh = Meshes.of(
                "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: a, namespace: shop}, spec: {hosts: [a.example], http: [{redirect: {%s}}]}}"
                        .formatted(redirect));
        return new RouteEntry(mesh.virtualServices().all().get(0).written().get(0), Optional.empty());
    }
}
