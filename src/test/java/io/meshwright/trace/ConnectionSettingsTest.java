package io.meshwright.trace;

import static io.meshwright.trace.Samples.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Unknown;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionSettingsTest {
    private static final String MANIFESTS = """
        {apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: istiod, namespace: argocd}, spec: {
          source: {repoURL: https://blob.istio.io/istio-release/charts, chart: istiod, targetRevision: %s,
            helm: {valuesObject: {meshConfig: {defaultConfig: {connectionSettings: {%s}}}}}},
          destination: {namespace: istio-system}}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
        ---
        {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: public, namespace: shop}, spec: {
          gatewayClassName: istio, listeners: [{name: web, port: 80, protocol: HTTP}]}}
        ---
        {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r, namespace: shop}, spec: {
          parentRefs: [{name: public}], rules: [{backendRefs: [{name: web, port: 80}]}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web},
          ports: [{name: http, port: 80, targetPort: 8080}]}}
        """.concat(deployment("shop", "web"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.31.0 | profile: EDGE | /a%2Fb | x-a | false",
                "1.31.0 | profile: EDGE | /a//b | x-a | false",
                "1.31.0 | profile: EDGE | /a | x_a | false",
                "1.31.0 | profile: EDGE | /a | x-a | true",
                "1.31.0 | httpIdleTimeout: 5s | /a%2Fb//c | x_a | true",
                "1.31.0 | httpPathWithEscapedSlashesAction: REJECT_REQUEST | /a%5Cb | x-a | false",
                "1.31.0 | httpHeadersWithUnderscoresAction: HEADERS_WITH_UNDERSCORES_DROP_HEADER | /a | x_a | false",
                "1.31.0 | httpMergeSlashes: true | /a//b | x-a | false",
                "1.30.5 | profile: EDGE | /a%2Fb//c | x_a | true"
            })
    void what_they_may_refuse_or_redirect_is_unknown(
            String release, String settings, String path, String header, boolean delivered) {
        Verdict verdict = Trace.of(Mesh.of(ManifestReader.of("test.yaml", MANIFESTS.formatted(release, settings))
                        .manifests()))
                .request("GET", "http://shop.example.org".concat(path))
                .header(header, "1")
                .verdict();

        assertThat(verdict).isInstanceOf(delivered ? Delivered.class : Unknown.class);
    }
}
