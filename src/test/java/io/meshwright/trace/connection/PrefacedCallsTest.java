package io.meshwright.trace.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.Trace;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Unknown;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections that begin with the PROXY protocol, as a DestinationRule says. */
class PrefacedCallsTest {
    private static final String MESH = """
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: main}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop},
          spec: {selector: {app: web}, ports: [{name: http, port: 80}, {name: http-alt, port: 81}]}}
        ---
        {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: out, namespace: shop},
          spec: {hosts: [out.example.net], resolution: DNS, ports: [{number: 80, name: http, protocol: HTTP}]}}
        ---
        {apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: rule, namespace: shop},
          spec: {host: %s, trafficPolicy: {%s}}}
        """;

    private static Verdict asked(String host, String policy, String url) {
        return Trace.of(Mesh.of(ManifestReader.of("mesh.yaml", MESH.formatted(host, policy))
                        .manifests()))
                .request("GET", url)
                .from("shop/web")
                .verdict();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web | proxyProtocol: {version: V2} | http://web.shop/",
                "web | proxyProtocol: {}, tls: {mode: DISABLE} | http://web.shop:81/",
                "out.example.net | proxyProtocol: {version: V1} | http://out.example.net/"
            })
    void reach_who_reads_it_alone(String host, String policy, String url) {
        assertThat(asked(host, policy, url)).isInstanceOfSatisfying(Unknown.class, unknown -> {
            assertThat(unknown.why()).contains("begins with the PROXY protocol");
            assertThat(unknown.otherwise().orElseThrow().isAnswered(503)).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web | proxyProtocol: {}, portLevelSettings: [{port: {number: 80}, tls: {mode: ISTIO_MUTUAL}}]",
                "web | tls: {mode: ISTIO_MUTUAL}",
                "other | proxyProtocol: {}"
            })
    void are_those_alone_for_which_the_rule_says_it(String host, String policy) {
        assertThat(asked(host, policy, "http://web.shop/").isDelivered()).isTrue();
    }
}
