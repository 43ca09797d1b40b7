package io.meshwright.trace;

import static io.meshwright.trace.Samples.routes;
import static io.meshwright.trace.Samples.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Unknown;
import io.meshwright.trace.request.Request;
import org.junit.jupiter.api.Test;

/** X-Forwarded-For as gateways and sidecars believe it. */
class ForwardedForTest {
    private static final String TO_WEB = routes("[{route: [{destination: {host: web}}]}]");
    private static final String HEADER = "X-Forwarded-For";

    private static String admits(String namespace, String selector) {
        return """
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: near, namespace: %s},
              spec: {selector: {matchLabels: {%s}}, rules: [{from: [{source: {remoteIpBlocks: [192.0.2.0/24]}}]}]}}
            """.formatted(namespace, selector);
    }

    private static String proxies(int number) {
        return ("---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system}, data: {mesh:"
                        + " \"defaultConfig: {gatewayTopology: {numTrustedProxies: %d}}\"}}\n")
                .formatted(number);
    }

    private static Verdict outside(int proxies, String forwarded) {
        return shop(TO_WEB, admits("istio-ingress", "istio: ingress"), proxies(proxies))
                .request("GET", "http://shop.example.org/")
                .header(HEADER, forwarded)
                .verdict();
    }

    private static Verdict inside(String forwarded) {
        return shop(admits("shop", "app: web"))
                .request("GET", "http://web.shop/")
                .header(HEADER, forwarded)
                .from("shop/cart")
                .verdict();
    }

    @Test
    void a_gateway_counts_its_trusted_proxies_from_the_right() {
        assertThat(outside(1, "10.9.9.9, 192.0.2.7").isDelivered()).isTrue();
        assertThat(outside(1, "192.0.2.7, 10.9.9.9").isAnswered(403)).isTrue();
        assertThat(outside(2, "192.0.2.7, 10.9.9.9").isDelivered()).isTrue();
        assertThat(outside(3, "192.0.2.7, 10.9.9.9")).isInstanceOf(Unknown.class);
    }

    @Test
    void a_gateway_without_them_believes_the_connection_alone() {
        assertThat(outside(0, "192.0.2.7")).isInstanceOf(Unknown.class);
        assertThat(shop(TO_WEB)
                        .request("GET", "http://shop.example.org/")
                        .header(HEADER, "192.0.2.7")
                        .path()
                        .hops()
                        .get(0)
                        .steps())
                .anySatisfy(step -> assertThat(step.what()).contains("not believed"));
    }

    @Test
    void what_the_proxies_report_goes_before_the_header() {
        assertThat(shop(TO_WEB, admits("istio-ingress", "istio: ingress"), proxies(1))
                        .request("GET", "http://shop.example.org/")
                        .header(HEADER, "10.9.9.9")
                        .clientIp("192.0.2.7")
                        .verdict()
                        .isDelivered())
                .isTrue();
    }

    @Test
    void a_sidecar_believes_the_last_entry_as_its_caller_wrote_it() {
        assertThat(inside("10.9.9.9, 192.0.2.7").isDelivered()).isTrue();
        assertThat(inside("192.0.2.7, 10.9.9.9").isAnswered(403)).isTrue();
        assertThat(inside("unknown")).isInstanceOf(Unknown.class);
    }

    private static Verdict asked(String value, String clientIp, String before) {
        String gateway = Samples.SHOP.replace(
                "valuesObject: {name: ingress}",
                "valuesObject: {name: ingress, service: {externalTrafficPolicy: Local}}");
        String objects = gateway.concat(TO_WEB).concat("""
                ---
                {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: near, namespace: istio-ingress},
                  spec: {selector: {matchLabels: {istio: ingress}},
                    rules: [{when: [{key: "request.headers[x-forwarded-for]", values: ["%s"]}]}]}}
                """.formatted(value));
        Request request = Request.of("GET", "http://shop.example.org/");
        Request sent = before.isEmpty() ? request : request.header(HEADER, before);
        return Trace.of(Mesh.of(ManifestReader.of("shop.yaml", objects).manifests()))
                .follow(clientIp.isEmpty() ? sent : sent.clientIp(clientIp))
                .verdict();
    }

    @Test
    void a_gateway_appends_the_address_of_its_client_before_rules_ask_for_the_header() {
        assertThat(asked("192.0.2.7", "192.0.2.7", "").isDelivered()).isTrue();
        assertThat(asked("10.9.9.9,192.0.2.7", "192.0.2.7", "10.9.9.9").isDelivered())
                .isTrue();
        assertThat(asked("10.9.9.9", "192.0.2.7", "10.9.9.9").isAnswered(403)).isTrue();
        assertThat(asked("192.0.2.7", "", "")).isInstanceOf(Unknown.class);
    }
}
