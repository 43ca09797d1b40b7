package io.meshwright.mesh.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewaysTest {
    private static final String GATEWAY = """
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: %s, namespace: %s}
        spec:
          selector: {istio: ingressgateway}
          servers: [%s]
        """;

    private static final String HTTP = "{port: {number: 80, name: http, protocol: HTTP}, hosts: [%s]}";
    private static final String HTTPS =
            "{port: {number: 443, name: %s, protocol: HTTPS}, hosts: [%s], tls: {mode: SIMPLE, credentialName: x}}";

    private static List<Listener> listeners(String... gateways) {
        Mesh mesh = Meshes.of(Meshes.gatewayChart(), String.join("\n---\n", gateways));
        return mesh.gateways().listeners(Meshes.pod(mesh, "istio-ingress", "istio-ingressgateway"));
    }

    @Test
    void a_gateway_means_pods_of_any_namespace() {
        Mesh mesh = Meshes.of(Meshes.gatewayChart(), GATEWAY.formatted("blog", "blog-system", HTTP.formatted("'*'")));

        assertThat(mesh.gateways().pods(mesh.gateways().find("blog-system/blog").orElseThrow()))
                .extracting(Pod::toString)
                .containsExactly("istio-ingress/istio-ingressgateway");
    }

    @Test
    void pods_that_istiod_runs_for_the_gateway_api_take_no_gateway_of_another_namespace_from_1_31_on() {
        String managed = """
            {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: public, namespace: edge}, spec: {
              gatewayClassName: istio, listeners: [{name: web, port: 80, protocol: HTTP}]}}
            """;
        String theirs = GATEWAY.formatted("more", "shop", HTTP.formatted("a.example"))
                .replace("istio: ingressgateway", "gateway.networking.k8s.io/gateway-name: public");
        String ours = theirs.replace("namespace: shop", "namespace: edge");
        String lax = """
            {apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: istiod, namespace: argocd}, spec: {
              source: {repoURL: https://blob.istio.io/istio-release/charts, chart: istiod, targetRevision: 1.31.0,
                helm: {valuesObject: {env: {PILOT_ENABLE_STRICT_GATEWAY_MERGING: "false"}}}},
              destination: {namespace: istio-system}}}
            """;

        assertThat(pods("1.30.5", "shop/more", managed, theirs)).containsExactly("edge/public-istio");
        assertThat(pods("1.31.0", "shop/more", managed, theirs)).isEmpty();
        assertThat(pods("1.31.0", "edge/more", managed, ours)).containsExactly("edge/public-istio");
        assertThat(pods("1.31.0", "shop/more", managed, theirs, lax)).containsExactly("edge/public-istio");
        assertThat(pods(
                        "1.31.0",
                        "blog-system/blog",
                        Meshes.gatewayChart(),
                        GATEWAY.formatted("blog", "blog-system", HTTP.formatted("'*'"))))
                .containsExactly("istio-ingress/istio-ingressgateway");
    }

    private static List<String> pods(String release, String gateway, String... documents) {
        Mesh mesh = Meshes.of(IstioVersion.of(release), documents);
        return mesh.gateways().pods(mesh.gateways().find(gateway).orElseThrow()).stream()
                .map(Pod::toString)
                .toList();
    }

    @Test
    void plain_http_servers_of_several_gateways_share_a_port() {
        List<Listener> listeners = listeners(
                GATEWAY.formatted("a", "one", HTTP.formatted("a.example")),
                GATEWAY.formatted("b", "two", HTTP.formatted("b.example")));

        assertThat(listeners).singleElement().satisfies(listener -> {
            assertThat(listener.servers()).hasSize(2);
            assertThat(listener.dropped()).isEmpty();
        });
    }

    @Test
    void a_tls_server_is_left_out_whole_when_one_of_its_hosts_is_taken() {
        List<Listener> listeners = listeners(
                GATEWAY.formatted("a", "one", HTTPS.formatted("https-a", "a.example")),
                GATEWAY.formatted("b", "two", HTTPS.formatted("https-b", "'a.example', 'b.example'")));

        assertThat(listeners.get(0).dropped()).singleElement().satisfies(dropped -> {
            assertThat(dropped.server().gateway()).isEqualTo("two/b");
            assertThat(dropped.why()).isEqualTo("the host a.example is taken, and with it the whole server");
            assertThat(dropped.dependsOnCreationOrder()).isTrue();
        });
        assertThat(listeners.get(0).bySni("b.example")).isEmpty();
    }

    @Test
    void two_servers_that_redirect_the_same_host_do_not_share_a_port() {
        String redirect = "{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*'], tls: {httpsRedirect: true}}";

        assertThat(listeners(GATEWAY.formatted("a", "one", redirect), GATEWAY.formatted("b", "two", redirect))
                        .get(0)
                        .dropped())
                .hasSize(1);
        assertThat(listeners(
                                GATEWAY.formatted("a", "one", redirect),
                                GATEWAY.formatted("b", "two", HTTP.formatted("'*'")))
                        .get(0)
                        .dropped())
                .isEmpty();
    }

    @Test
    void a_host_that_means_everything_replaces_the_others() {
        assertThat(listeners(GATEWAY.formatted("a", "one", HTTP.formatted("x.example, '*/*'")))
                        .get(0)
                        .servers()
                        .get(0)
                        .hostNames())
                .containsExactly("*");
    }

    @Test
    void another_protocol_on_a_taken_port_is_left_out() {
        List<Listener> listeners = listeners(GATEWAY.formatted(
                "a",
                "one",
                HTTP.formatted("a.example") + ", {port: {number: 80, name: tcp, protocol: TCP}, hosts: ['*']}"));

        assertThat(listeners.get(0).dropped())
                .singleElement()
                .satisfies(
                        dropped -> assertThat(dropped.dependsOnCreationOrder()).isFalse());
    }

    @Test
    void sni_chooses_the_exact_host_before_the_longest_wildcard() {
        Listener listener = listeners(GATEWAY.formatted(
                        "a",
                        "one",
                        String.join(
                                ", ",
                                HTTPS.formatted("wild", "'*.example'"),
                                HTTPS.formatted("exact", "a.example"),
                                HTTPS.formatted("longer", "'*.b.example'"))))
                .get(0);

        assertThat(listener.bySni("a.example")).map(Server::portName).contains("exact");
        assertThat(listener.bySni("c.b.example")).map(Server::portName).contains("longer");
        assertThat(listener.bySni("c.example")).map(Server::portName).contains("wild");
        assertThat(listener.bySni("other")).isEmpty();
        assertThat(listener.bySni("")).isEmpty();
    }

    @Test
    void a_server_listens_where_the_service_leads() {
        Mesh mesh = Meshes.of(
                """
                apiVersion: install.istio.io/v1alpha1
                kind: IstioOperator
                metadata: {name: x}
                """,
                GATEWAY.formatted("a", "one", HTTP.formatted("a.example") + ", " + HTTPS.formatted("s", "b.example")),
                GATEWAY.formatted("b", "one", "{port: {number: 8080, name: h, protocol: HTTP}, hosts: [c.example]}"));

        List<Listener> listeners = mesh.gateways().listeners(Meshes.pod(mesh, "istio-system", "istio-ingressgateway"));
        assertThat(listeners).extracting(Listener::port).containsExactly(8080, 8443);
        assertThat(listeners.get(0).servers()).hasSize(2);
    }

    @Test
    void overlays_of_an_operator_label_the_pods_of_its_gateway() {
        Mesh mesh = Meshes.of("""
            apiVersion: install.istio.io/v1alpha1
            kind: IstioOperator
            metadata: {name: x}
            spec:
              components:
                ingressGateways:
                  - name: inner
                    enabled: true
                    k8s:
                      overlays:
                        - kind: Deployment
                          name: inner
                          patches: [{path: spec.template.metadata.labels.istio, value: inner}]
            """);

        assertThat(Meshes.pod(mesh, "istio-system", "inner").labels()).containsEntry("istio", "inner");
    }

    @Test
    void servers_of_the_wrong_type_are_no_servers() {
        assertThat(listeners("{apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: a}, spec:"
                        + " {selector: x, servers: [1, {port: x}, {port: {number: 80}, hosts: 3, tls:"
                        + " []}]}}"))
                .hasSize(1);
    }

    @Test
    void a_server_that_is_left_out_says_why() {
        String tcp = "{port: {number: 80, name: tcp, protocol: TCP}, hosts: ['*']}";
        String tls = HTTPS.formatted("https-a", "a.example").replace("443", "80");

        assertThat(reasons(HTTP.formatted("a.example"), tcp))
                .containsExactly("only servers of plain HTTP share a port without TLS");
        assertThat(reasons(HTTP.formatted("a.example"), tls))
                .containsExactly("one server on the port uses TLS and the other does not");
        assertThat(reasons(HTTPS.formatted("same", "a.example"), HTTPS.formatted("same", "b.example")))
                .containsExactly("the port's name gives both the same table of routes");
        assertThat(reasons(HTTPS.formatted("one", "a.example"), HTTPS.formatted("two", "b.example")))
                .isEmpty();
        String passing = "{port: {number: 443, name: same, protocol: TLS}, hosts: [%s], tls: {mode: PASSTHROUGH}}";
        assertThat(reasons(passing.formatted("a.example"), passing.formatted("b.example")))
                .isEmpty();
        assertThat(reasons(passing.formatted("a.example"), HTTPS.formatted("same", "b.example")))
                .isEmpty();
    }

    private static List<String> reasons(String... servers) {
        return listeners(GATEWAY.formatted("a", "one", String.join(", ", servers))).stream()
                .flatMap(listener -> listener.dropped().stream())
                .map(dropped -> dropped.why())
                .toList();
    }

    @Test
    void the_first_plain_server_behind_one_of_tls_gets_in_and_further_ones_do_not() {
        String plain = "{port: {number: 443, name: %s, protocol: HTTP}, hosts: [%s]}";

        assertThat(reasons(HTTPS.formatted("s", "a.example"), plain.formatted("p", "b.example")))
                .isEmpty();
        assertThat(reasons(
                        HTTPS.formatted("s", "a.example"),
                        "{port: {number: 443, name: t, protocol: TCP}, hosts: ['*']}",
                        "{port: {number: 443, name: u, protocol: TCP}, hosts: ['*']}"))
                .containsExactly("one server on the port uses TLS and the other does not");
    }
}
