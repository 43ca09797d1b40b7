package io.meshwright.trace;

import static io.meshwright.trace.Samples.shop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Unknown;
import io.meshwright.trace.request.Request;
import io.meshwright.value.InvalidValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenerTest {
    private static final String GATEWAY = """
      ---
      {apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: %s, namespace: shop},
        spec: {selector: {istio: ingress}, servers: [%s]}}
      """;
    private static final String PASSING =
            "{port: {number: 443, name: tls, protocol: TLS}, hosts: [%s], tls: {mode: PASSTHROUGH}}";
    private static final String ENDING =
            "{port: {number: 443, name: https, protocol: HTTPS}, hosts: [%s], tls: {mode: SIMPLE, credentialName: c}}";
    private static final String TLS_ROUTE = """
      ---
      {apiVersion: v1, kind: Service, metadata: {name: sealed, namespace: shop}, spec: {selector: {app: web},
        ports: [{name: tls, port: 443, targetPort: 8443}]}}
      ---
      {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: passed, namespace: shop},
        spec: {hosts: ["*.example.org"], gateways: [passing],
          tls: [{match: [{sniHosts: [%s]}], route: [{destination: {host: sealed}}]}]}}
      """;

    private static Verdict ask(Trace trace, String url) {
        return trace.request("GET", url).verdict();
    }

    @Test
    void tls_that_is_passed_on_is_chosen_by_the_names_of_routes() {
        Trace trace = shop(
                GATEWAY.formatted("passing", PASSING.formatted("\"*.example.org\"")),
                TLS_ROUTE.formatted("a.example.org"));

        assertThat(ask(trace, "tls://a.example.org:443")).isInstanceOf(Delivered.class);
        assertThat(ask(trace, "tls://b.example.org:443")).isInstanceOf(Closed.class);
    }

    @Test
    void a_name_that_two_servers_show_is_unknown_because_envoy_refuses_the_port() {
        Trace trace = shop(
                GATEWAY.formatted("passing", PASSING.formatted("a.example.org")),
                GATEWAY.formatted("ending", ENDING.formatted("shop/a.example.org")),
                TLS_ROUTE.formatted("a.example.org"));

        // with that name all others of the port
        for (String url : List.of("https://a.example.org/", "https://b.example.org/")) {
            assertThat(ask(trace, url))
                    .isInstanceOfSatisfying(
                            Unknown.class, unknown -> assertThat(unknown.why()).startsWith("Envoy refuses port 443"));
        }
    }

    @Test
    void a_server_that_ends_tls_of_bytes_takes_no_name_without_a_route_for_them() {
        Trace trace = shop(
                GATEWAY.formatted("passing", PASSING.formatted("\"*.example.org\"")),
                GATEWAY.formatted("ending", ENDING.formatted("a.example.org").replace("HTTPS", "TLS")),
                TLS_ROUTE.formatted("\"*.example.org\""));

        assertThat(ask(trace, "tls://a.example.org:443")).isInstanceOf(Delivered.class);
    }

    @Test
    void a_port_with_and_without_tls_is_unknown() {
        Trace trace = shop(GATEWAY.formatted(
                "mixed",
                ENDING.formatted("a.example.org")
                        + ", {port: {number: 443, name: http, protocol: HTTP}, hosts: [b.example.org]}"));

        assertThat(ask(trace, "https://a.example.org/")).isInstanceOf(Unknown.class);
    }

    @Test
    void a_route_of_which_nothing_counts_does_not_claim_its_host() {
        String route = """
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: %s, namespace: shop},
          spec: {hosts: [%s], gateways: [public], http: [{%s route: [{destination: {host: %s}}]}]}}
        """;
        Trace trace = shop(
                route.formatted("exact", "a.example.org", "match: [{port: 8080}],", "cart"),
                route.formatted("wide", "\"*.example.org\"", "", "web"));

        assertThat(ask(trace, "http://a.example.org/"))
                .isInstanceOfSatisfying(
                        Delivered.class,
                        delivered ->
                                assertThat(delivered.targets().get(0).host()).startsWith("web."));
    }

    @Test
    void a_gateway_that_names_a_service_opens_the_ports_of_its_pods_and_no_others() {
        String gateway = """
        ---
        {apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: g, namespace: %s, annotations:
          {internal.istio.io/gateway-service: ingress.istio-ingress.svc.cluster.local}}, spec: {servers: [
          {port: {number: %d, name: http, protocol: HTTP}, hosts: ["b.example.com"]}]}}
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: v, namespace: shop},
          spec: {hosts: ["b.example.com"], gateways: [%s/g], http: [{route: [{destination: {host: web}}]}]}}
        """;

        assertThat(ask(shop(gateway.formatted("istio-ingress", 443, "istio-ingress")), "http://b.example.com:443/"))
                .isInstanceOf(Delivered.class);
        assertThat(ask(shop(gateway.formatted("shop", 443, "shop")), "http://b.example.com:443/"))
                .isInstanceOf(Closed.class);
        assertThat(ask(shop(gateway.formatted("istio-ingress", 8080, "istio-ingress")), "http://b.example.com:8080/"))
                .isInstanceOf(Closed.class);
    }

    @Test
    void the_name_in_tls_chooses_the_server_and_the_host_header_its_virtual_host() {
        String hosts = """
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: %1$s, namespace: shop},
          spec: {hosts: [%1$s.example.org], gateways: [%1$s], http: [{route: [{destination: {host: web}}]}]}}
        """;
        Trace trace = shop(
                GATEWAY.formatted("a", ENDING.formatted("a.example.org")),
                hosts.formatted("a"),
                GATEWAY.formatted("b", ENDING.formatted("b.example.org").replace("name: https", "name: b")),
                hosts.formatted("b"));

        assertThat(ask(trace, "https://a.example.org/")).isInstanceOf(Delivered.class);
        // No release answers 421: the table of the server that the name chose has no such host.
        assertThat(trace.request("GET", "https://a.example.org/")
                        .sni("b.example.org")
                        .verdict()
                        .isAnswered(404))
                .isTrue();
        assertThat(trace.request("GET", "https://a.example.org/")
                        .sni("b.example.org")
                        .header("host", "b.example.org")
                        .verdict())
                .isInstanceOf(Delivered.class);
        assertThat(trace.request("GET", "https://a.example.org/")
                        .sni("c.example.org")
                        .verdict())
                .isInstanceOfSatisfying(
                        Closed.class, closed -> assertThat(closed.why()).contains("c.example.org"));
    }

    @Test
    void tls_that_is_passed_on_goes_by_its_name_wherever_the_url_leads() {
        Trace trace = shop(
                GATEWAY.formatted("passing", PASSING.formatted("\"*.example.org\"")),
                TLS_ROUTE.formatted("a.example.org"));

        assertThat(trace.request("GET", "tls://b.example.org:443")
                        .sni("a.example.org")
                        .verdict())
                .isInstanceOf(Delivered.class);
        assertThat(trace.request("GET", "tls://a.example.org:443")
                        .sni("b.example.org")
                        .verdict())
                .isInstanceOf(Closed.class);
    }

    @Test
    void refuses_names_that_no_client_can_show() {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> Request.of("GET", "http://a/").sni("b"))
                .withMessage("sni: \"b\" cannot be shown without TLS; write a URL that begins with https or tls");
        for (String name : new String[] {"", "10.0.0.1", "a b", "*.example.org", "b\u00fccher.example"}) {
            assertThatExceptionOfType(InvalidValue.class)
                    .as(name)
                    .isThrownBy(() -> Request.of("GET", "https://a/").sni(name));
        }
    }

    @Test
    void a_server_whose_certificate_lies_elsewhere_may_end_every_handshake() {
        String certificate = """
        ---
        {apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: site, namespace: %s},
          spec: {secretName: c, dnsNames: [a.example.org], issuerRef: {name: ca, kind: ClusterIssuer}}}
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: v, namespace: shop},
          spec: {hosts: ["a.example.org"], gateways: [ending], http: [{route: [{destination: {host: web}}]}]}}
        """;
        String gateway = GATEWAY.formatted("ending", ENDING.formatted("a.example.org"));

        assertThat(ask(shop(gateway, certificate.formatted("shop")), "https://a.example.org/"))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.why())
                                .startsWith("without a Secret \"c\" in namespace \"istio-ingress\""));
        assertThat(ask(shop(gateway, certificate.formatted("istio-ingress")), "https://a.example.org/"))
                .isInstanceOf(Delivered.class);
    }

    @Test
    void a_certificate_whose_issuer_is_not_found_may_end_every_handshake() {
        String certificate = """
        ---
        {apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: site, namespace: istio-ingress},
          spec: {secretName: c, dnsNames: [a.example.org], issuerRef: {name: ca, kind: Issuer}}}
        ---
        {apiVersion: cert-manager.io/v1, kind: Issuer, metadata: {name: ca, namespace: %s}, spec: {selfSigned: {}}}
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: v, namespace: shop},
          spec: {hosts: ["a.example.org"], gateways: [ending], http: [{route: [{destination: {host: web}}]}]}}
        """;
        String gateway = GATEWAY.formatted("ending", ENDING.formatted("a.example.org"));
        String byHand = """
        ---
        {apiVersion: v1, kind: Secret, metadata: {name: c, namespace: istio-ingress}, type: kubernetes.io/tls}
        """;

        assertThat(ask(shop(gateway, certificate.formatted("cert-manager")), "https://a.example.org/"))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.why())
                                .startsWith("there is no Issuer \"ca\" in namespace \"istio-ingress\""));
        assertThat(ask(shop(gateway, certificate.formatted("cert-manager").concat(byHand)), "https://a.example.org/"))
                .isInstanceOf(Delivered.class);
        assertThat(ask(shop(gateway, certificate.formatted("istio-ingress")), "https://a.example.org/"))
                .isInstanceOf(Delivered.class);
    }

    /** A listener of the Gateway API names the namespace of its Secret. */
    @Test
    void a_listener_shows_the_certificate_of_the_namespace_that_it_names() {
        String text = """
        ---
        {apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: site, namespace: %s},
          spec: {secretName: c, dnsNames: [a.example.org], issuerRef: {name: ca, kind: ClusterIssuer}}}
        ---
        {apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata: {name: g, namespace: certs},
          spec: {from: [{group: gateway.networking.k8s.io, kind: Gateway, namespace: shop}], to: [{group: "", kind: Secret}]}}
        ---
        {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: own, namespace: shop},
          spec: {gatewayClassName: istio, listeners: [{name: a, port: 443, protocol: HTTPS, hostname: a.example.org,
            tls: {certificateRefs: [{name: c, namespace: certs}]}}]}}
        ---
        {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: own, namespace: shop},
          spec: {parentRefs: [{name: own}], rules: [{backendRefs: [{name: web, port: 80}]}]}}
        """;

        assertThat(ask(shop(text.formatted("certs")), "https://a.example.org/")).isInstanceOf(Delivered.class);
        assertThat(ask(shop(text.formatted("shop")), "https://a.example.org/"))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown ->
                                assertThat(unknown.why()).startsWith("without a Secret \"c\" in namespace \"certs\""));
    }

    private static Verdict bytes(String protocol, String url) {
        String tls =
                protocol.equals("HTTPS") || protocol.equals("TLS") ? ", tls: {mode: SIMPLE, credentialName: c}" : "";
        return ask(
                shop(
                        GATEWAY.formatted(
                                "bytes",
                                "{port: {number: 9000, name: x, protocol: %s}, hosts: [\"*\"]%s}"
                                        .formatted(protocol, tls)),
                        """
                ---
                {apiVersion: v1, kind: Service, metadata: {name: ingress, namespace: istio-ingress},
                  spec: {type: LoadBalancer, selector: {istio: ingress}, ports: [{name: x, port: 9000}]}}
                ---
                {apiVersion: v1, kind: Service, metadata: {name: db, namespace: shop}, spec: {selector: {app: web},
                  ports: [{name: tcp, port: 9000, targetPort: 9000}]}}
                ---
                {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: db, namespace: shop},
                  spec: {hosts: ["*"], gateways: [bytes], tcp: [{route: [{destination: {host: db}}]}]}}
                """),
                url);
    }

    @Test
    void bytes_end_at_a_server_that_reads_http() {
        assertThat(bytes("HTTP", "tcp://db.example.org:9000"))
                .isInstanceOfSatisfying(
                        Closed.class, end -> assertThat(end.flag()).isEqualTo("DPE"));
        assertThat(bytes("HTTPS", "tls://db.example.org:9000"))
                .isInstanceOfSatisfying(
                        Closed.class, end -> assertThat(end.flag()).isEqualTo("DPE"));
    }

    @Test
    void servers_of_bytes_take_them_and_http_too() {
        assertThat(bytes("TCP", "tcp://db.example.org:9000")).isInstanceOf(Delivered.class);
        assertThat(bytes("TCP", "http://db.example.org:9000/")).isInstanceOf(Delivered.class);
        assertThat(bytes("TLS", "tls://db.example.org:9000")).isInstanceOf(Delivered.class);
    }
}
