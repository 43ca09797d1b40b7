package io.meshwright.trace;

import static io.meshwright.trace.Samples.routes;
import static io.meshwright.trace.Samples.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.trace.answer.Path;
import org.junit.jupiter.api.Test;

/** Routes that a root and its delegate make together, and what is said where none is left. */
class MergedRouteTest {
    private static String delegate(String route) {
        return """
            ---
            {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: part, namespace: shop},
              spec: {http: [{%s, route: [{destination: {host: web}}]}]}}
            """.formatted(route);
    }

    private static Path path(String root, String delegate) {
        return shop(routes("[{%s, delegate: {name: part, namespace: shop}}]".formatted(root)), delegate(delegate))
                .request("GET", "http://shop.example.org/new/a")
                .path();
    }

    private static String name(String root, String delegate) {
        return path(root, delegate).handlings().get(0).name();
    }

    @Test
    void have_the_names_of_both() {
        assertThat(name("name: outer", "name: inner")).isEqualTo("outer-inner");
        assertThat(name("name: outer", "match: [{uri: {prefix: /}}]")).isEqualTo("outer");
        assertThat(name("match: [{uri: {prefix: /}}]", "name: inner")).isEqualTo("inner");
    }

    @Test
    void a_delegate_outside_its_roots_matches_leaves_no_route() {
        Path path = path("match: [{uri: {prefix: /new}}]", "match: [{uri: {prefix: /a}}]");

        assertThat(path.verdict().isAnswered(404)).isTrue();
        assertThat(path.hops())
                .flatExtracting(hop -> hop.steps())
                .anySatisfy(step -> assertThat(step.what())
                        .contains("has the host shop.example.org")
                        .contains("delegates"));
    }

    @Test
    void retries_that_nobody_wrote_are_told() {
        assertThat(shop().request("GET", "http://web.shop/")
                        .from("shop/cart")
                        .path()
                        .hops())
                .flatExtracting(hop -> hop.steps())
                .anySatisfy(step -> assertThat(step.what()).startsWith("2 retries on"));
    }
}
