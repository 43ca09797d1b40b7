package io.meshwright.trace.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.Trace;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a sidecar reads a port of its pod to which several ports of Services lead. */
class InboundPortsTest {
    private static final String MESH = """
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: legacy}}
        """.concat(deployment("shop", "web"))
            .concat(deployment("shop", "cart"))
            .concat(deployment("legacy", "batch"));
    private static final String DENIED = """
        ---
        {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: admin, namespace: shop},
          spec: {action: DENY, rules: [{to: [{operation: {paths: [/admin*]}}]}]}}
        """;

    private static String deployment(String namespace, String name) {
        return """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %2$s, namespace: %1$s}
            spec:
              selector: {matchLabels: {app: %2$s}}
              template: {metadata: {labels: {app: %2$s}}, spec: {containers: [{name: main, image: main}]}}
            """.formatted(namespace, name);
    }

    private static String service(String name, String created, String... ports) {
        return """
            ---
            {apiVersion: v1, kind: Service, metadata: {name: %s, namespace: shop%s}, spec: {selector: {app: cart},
              ports: [%s]}}
            """.formatted(
                        name,
                        created.isEmpty() ? "" : ", creationTimestamp: \"2024-01-01T00:00:%sZ\"".formatted(created),
                        String.join(", ", ports));
    }

    private static Verdict asked(String url, String... documents) {
        return from("shop/web", url, documents);
    }

    private static Verdict from(String caller, String url, String... documents) {
        String all = MESH.concat(String.join("", documents));
        return Trace.of(Mesh.of(ManifestReader.of("mesh.yaml", all).manifests()))
                .request("GET", url)
                .from(caller)
                .verdict();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: http, port: 81, targetPort: 9090}, {name: tcp, port: 82, targetPort: 9090} | true",
                "{name: tcp, port: 82, targetPort: 9090}, {name: http, port: 81, targetPort: 9090} | false",
                "{name: http3, port: 81, targetPort: 9090, protocol: UDP}, {name: http, port: 81, targetPort: 9090} | false",
                "{name: http, port: 81, targetPort: 9090}, {name: http3, port: 81, targetPort: 9090, protocol: UDP} | true",
                "{name: tcp, port: 82, targetPort: 9091}, {name: http, port: 81, targetPort: 9090} | true"
            })
    void the_port_that_is_written_first_decides_whatever_is_called(String ports, boolean readsHttp) {
        String twofold = service("twofold", "", ports);
        assertThat(asked("http://twofold.shop:81/", twofold, DENIED).isDelivered())
                .isEqualTo(readsHttp);
        assertThat(asked("http://twofold.shop:81/admin", twofold, DENIED).isAnswered(readsHttp ? 403 : 503))
                .isTrue();
    }

    @Test
    void a_port_of_bytes_that_leads_to_http_is_read_as_http() {
        String twofold = service(
                "twofold", "", "{name: http, port: 81, targetPort: 9090}", "{name: tcp, port: 82, targetPort: 9090}");
        assertThat(asked("http://twofold.shop:82/", twofold, DENIED).isDelivered())
                .isTrue();
        assertThat(asked("tcp://twofold.shop:82", twofold).isDelivered()).isFalse();
    }

    @Test
    void of_several_services_the_oldest_decides() {
        String http = "{name: http, port: 81, targetPort: 9090}";
        String tcp = "{name: tcp, port: 82, targetPort: 9090}";
        assertThat(asked("http://one.shop:81/", service("one", "01", http), service("two", "02", tcp), DENIED)
                        .isDelivered())
                .isTrue();
        assertThat(asked("http://one.shop:81/", service("one", "02", http), service("two", "01", tcp), DENIED)
                        .isAnswered(503))
                .isTrue();
        assertThat(asked("http://one.shop:81/", service("one", "", http), service("two", "", tcp), DENIED))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.why()).contains("the oldest of the Services of shop/cart"));
        assertThat(asked("http://one.shop:81/", service("one", "", http), service("two", "", tcp))
                        .isDelivered())
                .isTrue();
    }

    @Test
    void a_port_of_udp_takes_no_connections() {
        String both = service(
                "both",
                "",
                "{name: http3, port: 81, targetPort: 9999, protocol: UDP}",
                "{name: http, port: 81, targetPort: 8080}");
        assertThat(asked("http://both.shop:81/", both, DENIED).isDelivered()).isTrue();
        assertThat(asked("http://both.shop:81/admin", both, DENIED).isAnswered(403))
                .isTrue();
        String one = service("one", "", "{name: dns, port: 5353, protocol: UDP}");
        assertThat(asked("tcp://one.shop:5353", one).isDelivered()).isFalse();
        assertThat(from("legacy/batch", "tcp://one.shop:5353", one).isDelivered())
                .isFalse();
    }
}
