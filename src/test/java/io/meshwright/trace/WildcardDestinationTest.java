package io.meshwright.trace;

import static io.meshwright.trace.Samples.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import org.junit.jupiter.api.Test;

/** A cluster is called as its service is, asterisk and all, and a route finds it by that name alone. */
class WildcardDestinationTest {
    private static String entry(String host, String protocol) {
        return """
        ---
        {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: out, namespace: shop},
          spec: {hosts: ["%s"], ports: [{number: 80, name: http, protocol: HTTP}, {number: 443, name: x, protocol: %s}],
            resolution: NONE}}
        """.formatted(host, protocol);
    }

    private static Verdict asked(String host, String destination) {
        return shop(entry(host, "HTTPS"), """
                        ---
                        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: out, namespace: shop},
                          spec: {hosts: [shop.example.com], http: [{route: [{destination: {host: "%s", port: {number: 80}}}]}]}}
                        """.formatted(destination))
                .request("GET", "http://shop.example.com/")
                .from("shop/web")
                .verdict();
    }

    @Test
    void a_name_below_a_wildcard_has_no_cluster() {
        assertThat(asked("*.example.net", "a.example.net"))
                .isInstanceOfSatisfying(
                        Answered.class, end -> assertThat(end.flag()).isEqualTo("NC"));
        assertThat(asked("*.example.net", "*.example.net").isDelivered()).isTrue();
    }

    @Test
    void a_wildcard_over_a_name_has_no_cluster() {
        assertThat(asked("a.example.net", "*.example.net"))
                .isInstanceOfSatisfying(
                        Answered.class, end -> assertThat(end.flag()).isEqualTo("NC"));
        assertThat(asked("a.example.net", "a.example.net").isDelivered()).isTrue();
    }

    @Test
    void connections_find_none_either() {
        assertThat(shop(entry("*.example.net", "TLS"), """
                                ---
                                {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: out, namespace: shop},
                                  spec: {hosts: ["*.example.net"], tls: [{match: [{sniHosts: ["*.example.net"]}],
                                    route: [{destination: {host: a.example.net, port: {number: 443}}}]}]}}
                                """)
                        .request("GET", "https://a.example.net/")
                        .from("shop/web")
                        .verdict())
                .isInstanceOfSatisfying(
                        Closed.class, end -> assertThat(end.flag()).isEqualTo("NC"));
    }

    @Test
    void calls_without_a_route_go_to_the_wildcard() {
        assertThat(shop(entry("*.example.net", "HTTPS"))
                        .request("GET", "http://a.example.net/")
                        .from("shop/web")
                        .verdict()
                        .isDelivered())
                .isTrue();
    }
}
