package io.meshwright.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import org.junit.jupiter.api.Test;

/** What a sidecar does not read as its services' goes on to the address that was called, in plaintext. */
class PassedOnTest {
    /** Calls of a monitoring page: a proxy with a label of its own keeps the Host header (istio/istio#55472). */
    private static final String MONITORING = """
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: plain}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop},
          spec: {selector: {app: web}, ports: [{name: http, port: 8080}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: metrics, namespace: shop},
          spec: {selector: {app: metrics}, ports: [{name: http, port: 9090}, {name: any, port: 9091}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: hook, namespace: plain},
          spec: {selector: {app: hook}, ports: [{name: http, port: 443, targetPort: 9443}]}}
        """.concat(Samples.deployment("shop", "web"))
            .concat(Samples.deployment("shop", "metrics"))
            .concat(Samples.deployment("plain", "hook"));

    private static final String STRICT = """
        ---
        {apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: default, namespace: shop},
          spec: {mtls: {mode: STRICT}}}
        """;

    private static final String BY_LIST = """
        ---
        {apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system},
          data: {mesh: "outboundTrafficPolicy: {mode: REGISTRY_ONLY}"}}
        """;

    private static Verdict ask(String manifests, String url, String host) {
        Trace trace = Trace.of(Mesh.of(ManifestReader.of("test.yaml", manifests).manifests(), IstioVersion.of("1.30")));
        var inquiry = trace.request("GET", url).from("shop/web");
        return (host.isEmpty() ? inquiry : inquiry.header("Host", host)).verdict();
    }

    private static String reached(Verdict verdict) {
        return verdict instanceof Delivered delivered
                ? delivered.targets().get(0).toString()
                : verdict.summary();
    }

    @Test
    void a_name_that_no_service_of_the_port_has_goes_on_without_an_identity() {
        String other = "web.shop.svc.cluster.local:8080";

        assertThat(ask(MONITORING, "http://metrics.shop:9090/", other)).isInstanceOf(Delivered.class);
        assertThat(ask(MONITORING + STRICT, "http://metrics.shop:9090/", "")).isInstanceOf(Delivered.class);
        assertThat(ask(MONITORING + STRICT, "http://metrics.shop:9090/", other))
                .isEqualTo(new Answered(503, "UC", "the client sends plaintext, but the server takes mutual TLS only"));
        assertThat(ask(MONITORING + BY_LIST, "http://metrics.shop:9090/", other))
                .isInstanceOfSatisfying(
                        Answered.class,
                        answered -> assertThat(answered.status()).isEqualTo(502));
    }

    @Test
    void a_port_without_a_protocol_has_a_listener_of_its_own_whatever_the_host() {
        String routes = """
            ---
            {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: metrics, namespace: shop},
              spec: {hosts: [metrics],
              http: [{directResponse: {status: 418}}]}}
            """;

        assertThat(reached(ask(MONITORING + STRICT, "http://metrics.shop:9091/", "www.example.org")))
                .contains("metrics.shop.svc.cluster.local");
        assertThat(ask(MONITORING + routes, "http://metrics.shop:9091/", "www.example.org")
                        .isAnswered(418))
                .isTrue();
        assertThat(ask(MONITORING + routes, "http://metrics.shop:9090/", "www.example.org"))
                .isInstanceOf(Delivered.class);
        assertThat(ask(MONITORING + BY_LIST, "http://metrics.shop:9091/", "www.example.org"))
                .isInstanceOf(Delivered.class);
    }

    @Test
    void tls_on_a_port_of_http_goes_on_to_whoever_has_the_address() {
        assertThat(ask(MONITORING, "https://hook.plain/", "")).isInstanceOf(Delivered.class);
        assertThat(ask(MONITORING, "tcp://hook.plain:443", "")).isInstanceOf(Delivered.class);
        assertThat(ask(MONITORING, "https://api.example.com/", "")).isInstanceOf(Delivered.class);
        assertThat(ask(MONITORING + BY_LIST, "https://hook.plain/", ""))
                .isInstanceOfSatisfying(
                        Closed.class, closed -> assertThat(closed.flag()).isEqualTo("UH"));
        // The sidecar there reads HTTP alone.
        assertThat(ask(MONITORING, "https://metrics.shop:9090/", "")).isInstanceOf(Closed.class);
    }

    @Test
    void tls_on_a_port_of_http_of_a_host_outside_goes_there_unless_istiod_gave_the_address() {
        String entry = """
            ---
            {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: api, namespace: shop},
              spec: {hosts: [api.example.com], resolution: DNS,
              ports: [{number: 443, name: http, protocol: HTTP}]}}
            """;
        String capture = """
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system},
              data: {mesh: "defaultConfig: {proxyMetadata: {ISTIO_META_DNS_CAPTURE: 'true'}}"}}
            """;

        assertThat(ask(MONITORING + entry, "https://api.example.com/", "")).isInstanceOf(Delivered.class);
        assertThat(ask(MONITORING + entry + capture, "https://api.example.com/", ""))
                .isInstanceOfSatisfying(
                        Closed.class, closed -> assertThat(closed.flag()).isEqualTo("UF"));
    }

    @Test
    void what_a_sidecar_object_leaves_out_is_called_without_an_identity() {
        String pruned = """
            ---
            {apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: default, namespace: shop},
              spec: {egress: [{hosts: ["istio-system/*"]}]}}
            """;

        assertThat(ask(MONITORING + pruned, "http://metrics.shop:9090/", "")).isInstanceOf(Delivered.class);
        // No service with that port is known, so nobody there reads HTTP and answers.
        assertThat(ask(MONITORING + pruned + STRICT, "http://metrics.shop:9090/", ""))
                .isInstanceOf(Closed.class);
        // The server's proxy reads HTTP all the same.
        String denied = """
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: metrics, namespace: shop},
              spec: {action: DENY, rules: [{to: [{operation: {paths: [/private]}}]}]}}
            """;
        assertThat(ask(MONITORING + pruned + denied, "http://metrics.shop:9090/", ""))
                .isInstanceOf(Delivered.class);
        assertThat(ask(MONITORING + pruned + denied, "http://metrics.shop:9090/private", "")
                        .isAnswered(403))
                .isTrue();
    }
}
