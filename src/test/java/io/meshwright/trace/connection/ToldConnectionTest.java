package io.meshwright.trace.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.Trace;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.request.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Between two proxies that speak Istio's mutual TLS, the server's reads of a connection what the client's says of it.
 */
class ToldConnectionTest {
    private static final String MESH = """
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: edge, labels: {istio-injection: enabled}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: gate, namespace: edge}
        spec:
          selector: {matchLabels: {istio: gate}}
          template:
            metadata:
              labels: {istio: gate, sidecar.istio.io/inject: "true"}
              annotations: {inject.istio.io/templates: gateway}
            spec: {containers: [{name: istio-proxy, image: auto}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: gate, namespace: edge}
        spec: {type: LoadBalancer, selector: {istio: gate}, ports: [{name: tcp, port: 9000}, {name: tls, port: 443}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: main}]}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {selector: {app: web}, ports: [{name: auto, port: 7070}, {name: http, port: 8080}, {name: https, port: 8443}]}
        ---
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: public, namespace: edge}
        spec:
          selector: {istio: gate}
          servers:
            - {port: {number: 9000, name: tcp, protocol: TCP}, hosts: ["*"]}
            - {port: {number: 443, name: tls, protocol: TLS}, hosts: ["*"], tls: {mode: PASSTHROUGH}}
        """;

    private static Verdict verdict(Request request, String... objects) {
        String all = String.join("\n---\n", MESH, String.join("\n---\n", objects));
        return Trace.of(Mesh.of(ManifestReader.of("mesh.yaml", all).manifests()))
                .follow(request)
                .verdict();
    }

    private static String raw(int port) {
        return """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: raw, namespace: edge}
            spec:
              hosts: ["*"]
              gateways: [public]
              tcp: [{match: [{port: 9000}], route: [{destination: {host: web.shop.svc.cluster.local, port: {number: %d}}}]}]
              tls: [{match: [{port: 443, sniHosts: ["*.example.org"]}], route: [{destination: {host: web.shop.svc.cluster.local, port: {number: 8443}}}]}]
            """.formatted(port);
    }

    private static final String DENIES_GATEWAY = """
        apiVersion: security.istio.io/v1
        kind: AuthorizationPolicy
        metadata: {name: p, namespace: shop}
        spec: {action: DENY, rules: [{from: [{source: {namespaces: [edge]}}]}]}
        """;

    /** The gateway says in its ALPN that it carries bytes, which a port that says no protocol believes. */
    @ParameterizedTest
    @CsvSource({"7070, true", "8080, false"})
    void http_that_was_carried_as_bytes_is_read_where_the_port_says_http_alone(int port, boolean closed) {
        Verdict verdict = verdict(Request.of("GET", "http://shop.example.org:9000/"), raw(port), DENIES_GATEWAY);

        assertThat(verdict).isInstanceOf(closed ? Verdict.Closed.class : Verdict.Answered.class);
    }

    @ParameterizedTest
    @CsvSource({"'*.example.org', false", "outbound_.8443_._.web.shop.svc.cluster.local, true", "outbound_*, true"})
    void the_name_in_tls_is_the_one_that_the_other_proxy_shows(String name, boolean delivered) {
        Verdict verdict = verdict(Request.of("GET", "https://shop.example.org/"), raw(7070), """
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: p, namespace: shop}
            spec: {rules: [{when: [{key: connection.sni, values: ["%s"]}]}]}
            """.formatted(name));

        assertThat(verdict.isDelivered()).isEqualTo(delivered);
    }

    @Test
    void the_client_shows_its_own_where_its_proxy_begins_no_tls() {
        Verdict verdict = verdict(Request.of("GET", "https://shop.example.org/"), raw(7070), """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: web, namespace: shop}
            spec: {host: web.shop.svc.cluster.local, trafficPolicy: {tls: {mode: DISABLE}}}
            """, """
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: p, namespace: shop}
            spec: {rules: [{when: [{key: connection.sni, values: ["*.example.org"]}]}]}
            """);

        assertThat(verdict.isDelivered()).isTrue();
    }

    private static String ofNames(String more) {
        return """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web, namespace: shop}
            spec:
              hosts: [web.shop.svc.cluster.local]
              tls: [{match: [{port: 8443, sniHosts: [web.shop.svc.cluster.local]}], route: [{destination: {host: web.shop.svc.cluster.local, port: {number: 8443}}}]}]
            """.concat(more);
    }

    @Test
    void tls_for_a_name_that_no_route_takes_goes_on_by_address_unless_the_registry_alone_may_be_called() {
        Request request = Request.of("GET", "https://web:8443/").from("shop/web");

        assertThat(verdict(request, ofNames("")).isDelivered()).isTrue();
        assertThat(verdict(request, ofNames("""
            ---
            apiVersion: networking.istio.io/v1
            kind: Sidecar
            metadata: {name: default, namespace: shop}
            spec: {outboundTrafficPolicy: {mode: REGISTRY_ONLY}}
            """)))
                .isInstanceOfSatisfying(
                        Verdict.Closed.class,
                        closed -> assertThat(closed.flag()).isEqualTo("UH"));
    }

    private static final String THROUGH_GATEWAY = """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: out, namespace: shop}
        spec:
          hosts: [web.shop.svc.cluster.local]
          http: [{route: [{destination: {host: gate.edge.svc.cluster.local, port: {number: %d}}}]}]
        """;

    /** Mutual TLS to a port of plain HTTP, and a port that no Gateway opens. */
    @ParameterizedTest
    @ValueSource(ints = {80, 81})
    void a_proxy_that_reads_http_answers_for_a_gateway_that_closes(int port) {
        Verdict verdict =
                verdict(Request.of("GET", "http://web:8080/").from("shop/web"), THROUGH_GATEWAY.formatted(port), """
            apiVersion: v1
            kind: Service
            metadata: {name: gate, namespace: edge}
            spec: {type: LoadBalancer, selector: {istio: gate}, ports: [{name: http, port: 80}, {name: http-more, port: 81}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: plain, namespace: edge}
            spec: {selector: {istio: gate}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: gate, namespace: edge}
            spec: {host: gate.edge.svc.cluster.local, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}
            """);

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Answered.class, answered -> {
            assertThat(answered.status()).isEqualTo(503);
            assertThat(answered.flag()).isEqualTo("UF");
        });
    }

    @Test
    void a_proxy_that_reads_http_answers_for_a_sidecar_that_closes_what_it_takes_for_bytes() {
        Verdict verdict = verdict(Request.of("GET", "http://web:8080/").from("shop/web"), """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web, namespace: shop}
            spec:
              hosts: [web.shop.svc.cluster.local]
              http: [{route: [{destination: {host: web.shop.svc.cluster.local, port: {number: 9000}}}]}]
            """, """
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {selector: {app: web}, ports: [{name: http, port: 8080}, {name: tcp, port: 9000}]}
            """, """
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: p, namespace: shop}
            spec: {action: DENY, rules: [{to: [{operation: {ports: ["9000"]}}]}]}
            """);

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Answered.class,
                        answered -> assertThat(answered.flag()).isEqualTo("UC"));
    }

    @Test
    void the_service_to_which_routes_lead_makes_no_listener_where_a_sidecar_names_the_services() {
        String out = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: out, namespace: shop}
            spec:
              hosts: [partner.example.com]
              http: [{route: [{destination: {host: gate.edge.svc.cluster.local, port: {number: 80}}}]}]
            """;
        String gate = """
            apiVersion: v1
            kind: Service
            metadata: {name: gate, namespace: edge}
            spec: {type: LoadBalancer, selector: {istio: gate}, ports: [{name: http, port: 80}]}
            """;
        String scope = """
            apiVersion: networking.istio.io/v1
            kind: Sidecar
            metadata: {name: default, namespace: shop}
            spec: {egress: [{hosts: ["./*"]}]}
            """;
        Request request = Request.of("GET", "http://partner.example.com/").from("shop/web");

        assertThat(verdict(request, out, gate)).isNotInstanceOf(Verdict.Unknown.class);
        assertThat(verdict(request, out, gate, scope))
                .isInstanceOfSatisfying(
                        Verdict.Unknown.class,
                        unknown -> assertThat(unknown.why()).contains("reads HTTP on port 80 only if"));
    }
}
