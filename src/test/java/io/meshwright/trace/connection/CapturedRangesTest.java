package io.meshwright.trace.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.Trace;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Unknown;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that annotations of the caller keep from its proxy, to pods that take mutual TLS alone. */
class CapturedRangesTest {
    private static final String MESH = """
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api, namespace: shop}
        spec:
          selector: {matchLabels: {app: api}}
          template: {metadata: {labels: {app: api}}, spec: {containers: [{name: main, image: main}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: api, namespace: shop},
          spec: {selector: {app: api}, ports: [{name: http, port: 80}, {name: tcp, port: 6379}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: fixed, namespace: shop},
          spec: {clusterIP: 10.96.0.7, selector: {app: api}, ports: [{name: http, port: 80}]}}
        ---
        {apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: default, namespace: shop},
          spec: {mtls: {mode: STRICT}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}, annotations: {%s}}
            spec: {containers: [{name: main, image: main}]}
        """;

    private static Verdict asked(String annotations, String url) {
        String written = annotations.isEmpty()
                ? ""
                : "traffic.sidecar.istio.io/"
                        .concat(annotations
                                .replace("; include", ", traffic.sidecar.istio.io/include")
                                .replace("; ", ", "));
        return Trace.of(Mesh.of(
                        ManifestReader.of("mesh.yaml", MESH.formatted(written)).manifests()))
                .request("GET", url)
                .from("shop/web")
                .verdict();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "includeOutboundIPRanges: '' | http://api.shop/ | false",
                "includeOutboundIPRanges: ''; includeOutboundPorts: '80' | http://api.shop/ | true",
                "includeOutboundIPRanges: ''; includeOutboundPorts: '80' | tcp://api.shop:6379 | false",
                "includeOutboundIPRanges: '*' | http://api.shop/ | true",
                "includeOutboundIPRanges: 10.0.0.0/8 | http://fixed.shop/ | true",
                "includeOutboundIPRanges: 172.16.0.0/12 | http://fixed.shop/ | false",
                "excludeOutboundIPRanges: '169.254.169.254/32, 10.96.0.0/16' | http://fixed.shop/ | false",
                "excludeOutboundIPRanges: 10.96.0.0/16 | http://10.96.0.7/ | false",
                "excludeOutboundIPRanges: 169.254.169.254/32 | http://api.shop/ | true",
                "excludeOutboundIPRanges: ''; sidecar.istio.io/interceptionMode: NONE | http://api.shop/ | false",
                "excludeOutboundIPRanges: ''; sidecar.istio.io/interceptionMode: TPROXY | http://api.shop/ | true",
                "excludeOutboundIPRanges: 10.96.0.0/16; includeOutboundPorts: '80' | http://fixed.shop/ | false"
            })
    void pass_the_proxy_by_address_and_port(String annotations, String url, boolean captured) {
        assertThat(asked(annotations.replace("''", "\"\""), url).isDelivered()).isEqualTo(captured);
    }

    @ParameterizedTest
    @CsvSource({"includeOutboundIPRanges: 10.0.0.0/8", "excludeOutboundIPRanges: 10.96.0.0/16"})
    void are_unknown_where_the_cluster_gives_the_address(String annotations) {
        assertThat(asked(annotations, "http://api.shop/"))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.why()).contains("is decided by the address that is called"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bind: 127.0.0.1, port: {number: 80, protocol: HTTP, name: http}, | false",
                "captureMode: NONE, port: {number: 80, protocol: HTTP, name: http}, | false",
                "port: {number: 80, protocol: HTTP, name: http}, | true",
                "bind: 127.0.0.1, port: {number: 81, protocol: HTTP, name: http}, | true"
            })
    void are_unknown_where_a_sidecar_hears_at_an_address_of_its_own(String listener, boolean known) {
        String sidecar = """
            ---
            {apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: own, namespace: shop},
              spec: {egress: [{%s hosts: ["./*"]}]}}
            """.formatted(listener);
        Verdict verdict = Trace.of(Mesh.of(
                        ManifestReader.of("mesh.yaml", MESH.formatted("").concat(sidecar))
                                .manifests()))
                .request("GET", "http://api.shop/")
                .from("shop/web")
                .verdict();

        assertThat(verdict instanceof Unknown).isNotEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "includeIPRanges: 172.16.0.0/12 | | false",
                "includeIPRanges: 172.16.0.0/12 | includeOutboundIPRanges: '*' | true",
                "excludeIPRanges: 10.96.0.0/16 | | false",
                "excludeOutboundPorts: '80' | | false",
                "excludeOutboundPorts: '81' | | true",
                "excludeInboundPorts: '80' | | true"
            })
    void go_by_the_values_of_the_installation_where_a_pod_says_nothing(
            String values, String annotation, boolean captured) {
        String installation = """
            ---
            apiVersion: install.istio.io/v1alpha1
            kind: IstioOperator
            metadata: {name: mesh, namespace: istio-system}
            spec: {values: {global: {proxy: {%s}}}}
            """.formatted(values.replace("'", "\""));
        String own = annotation == null ? "" : "traffic.sidecar.istio.io/".concat(annotation.replace("'", "\""));

        // A port that the server's sidecar does not take gets plaintext, which is no mutual TLS.
        assertThat(Trace.of(Mesh.of(ManifestReader.of(
                                        "mesh.yaml", MESH.formatted(own).concat(installation))
                                .manifests()))
                        .request("GET", "http://fixed.shop/")
                        .from("shop/web")
                        .verdict()
                        .isDelivered())
                .isEqualTo(captured && !values.startsWith("excludeInbound"));
    }
}
