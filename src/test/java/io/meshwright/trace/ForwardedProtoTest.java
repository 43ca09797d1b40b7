package io.meshwright.trace;

import static io.meshwright.trace.Samples.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.trace.answer.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** X-Forwarded-Proto as gateways believe it. */
class ForwardedProtoTest {
    private static final String GATEWAY = """
        ---
        {apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: edge, namespace: shop}, spec: {
          selector: {istio: ingress}, servers: [
            {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.org], tls: {httpsRedirect: true}},
            {port: {number: 80, name: http, protocol: HTTP}, hosts: [b.example.org]}]}}
        """;
    private static final String ROUTES = """
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: e, namespace: shop}, spec: {
          hosts: [a.example.org, b.example.org], gateways: [edge], http: [
            {match: [{uri: {prefix: /old}}], redirect: {uri: /new}},
            {match: [{uri: {prefix: /safe}, scheme: {exact: https}}], directResponse: {status: 204}},
            {route: [{destination: {host: web}}]}]}}
        """;

    private static Verdict ask(int proxies, String scheme, String url) {
        return shop(GATEWAY, ROUTES, """
                ---
                {apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system},
                  data: {mesh: "defaultConfig: {gatewayTopology: {numTrustedProxies: %d}}"}}
                """.formatted(proxies))
                .request("GET", url)
                .header("X-Forwarded-Proto", scheme)
                .verdict();
    }

    @Test
    void behind_a_trusted_proxy_that_ended_tls_nothing_is_redirected_to_https() {
        assertThat(ask(1, "https", "http://a.example.org/").isDelivered()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, https", "1, http", "1, HTTPS", "1, wss"})
    void what_is_not_believed_or_not_https_is_redirected(int proxies, String scheme) {
        assertThat(ask(proxies, scheme, "http://a.example.org/").isAnswered(301))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, http://b.example.org/new", "1, https://b.example.org/new"})
    void other_redirects_keep_the_scheme_that_is_believed(int proxies, String location) {
        assertThat(ask(proxies, "https", "http://b.example.org/old").toString()).contains(location);
    }

    @Test
    void matches_on_the_scheme_see_the_one_that_is_believed() {
        assertThat(ask(1, "https", "http://b.example.org/safe").isAnswered(204)).isTrue();
        assertThat(ask(0, "https", "http://b.example.org/safe").isDelivered()).isTrue();
    }

    private static boolean admitted(String url, String from, String key, String value) {
        return shop(GATEWAY, ROUTES, """
                ---
                {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: p, namespace: shop},
                  spec: {selector: {matchLabels: {app: web}}, rules: [{when: [{key: "%s", values: ["%s"]}]}]}}
                """.formatted(key, value))
                .request("GET", url)
                .from(from)
                .verdict()
                .isDelivered();
    }

    @ParameterizedTest
    @CsvSource({
        "http://b.example.org/, internet, http, true",
        "http://b.example.org/, internet, https, false",
        "http://web.shop/, shop/cart, http, true",
        "http://web.shop/, shop/cart, '*', true",
        "http://web.shop/, shop/cart, https, false"
    })
    void each_proxy_writes_the_scheme_of_its_connection_where_none_is_told(
            String url, String from, String value, boolean expected) {
        assertThat(admitted(url, from, "request.headers[x-forwarded-proto]", value))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"http, cart", "https, web", "HTTPS, web", "wss, cart"})
    void a_sidecar_believes_its_application(String scheme, String host) {
        assertThat(shop("""
                ---
                {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: web, namespace: shop}, spec: {
                  hosts: [web], http: [
                    {match: [{scheme: {exact: http}}], route: [{destination: {host: cart}}]},
                    {route: [{destination: {host: web}}]}]}}
                """)
                        .request("GET", "http://web.shop/")
                        .header("X-Forwarded-Proto", scheme)
                        .from("shop/cart")
                        .verdict()
                        .summary())
                .contains("delivered to %s.".formatted(host));
    }
}
