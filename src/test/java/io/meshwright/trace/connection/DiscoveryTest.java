package io.meshwright.trace.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.trace.Trace;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What istiod makes of namespaces that discoverySelectors leave out. */
class DiscoveryTest {
    private static final String MESH = """
        apiVersion: install.istio.io/v1alpha1
        kind: IstioOperator
        metadata: {name: mesh, namespace: istio-system}
        spec: {meshConfig: {discoverySelectors: [{matchLabels: {mesh: prod}}]}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled, mesh: prod}}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: left, labels: {istio-injection: enabled}}}
        """.concat(application("shop", "web"))
            .concat(application("shop", "cart"))
            .concat(application("left", "cart"))
            .concat(application("untold", "cart"));

    private static String application(String namespace, String name) {
        return """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %2$s, namespace: %1$s}
            spec:
              selector: {matchLabels: {app: %2$s}}
              template: {metadata: {labels: {app: %2$s}}, spec: {containers: [{name: main, image: main}]}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: %2$s, namespace: %1$s},
              spec: {selector: {app: %2$s}, ports: [{name: http, port: 80}]}}
            """.formatted(namespace, name);
    }

    private static String aborting(String namespace) {
        return """
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: cart, namespace: %s}
            spec:
              hosts: [cart.shop.svc.cluster.local]
              http:
                - fault: {abort: {httpStatus: 418, percentage: {value: 100}}}
                  route: [{destination: {host: cart.shop.svc.cluster.local}}]
            """.formatted(namespace);
    }

    private static Verdict asked(String release, String from, String url, String... objects) {
        String all = MESH.concat(String.join("", objects));
        return Trace.of(Mesh.of(ManifestReader.of("mesh.yaml", all).manifests(), IstioVersion.of(release)))
                .request("GET", url)
                .from(from)
                .verdict();
    }

    @ParameterizedTest
    @CsvSource({"shop, 1.30, true", "left, 1.30, false", "left, 1.21, true"})
    void objects_there_are_not_heeded_from_1_22_on(String namespace, String release, boolean heeded) {
        Verdict verdict = asked(release, "shop/web", "http://cart.shop/", aborting(namespace));
        assertThat(verdict.isAnswered(418)).isEqualTo(heeded);
        assertThat(verdict.isDelivered()).isNotEqualTo(heeded);
    }

    @ParameterizedTest
    @CsvSource({
        "shop/web, http://cart.left/, discoverySelectors leave out namespace left",
        "left/cart, http://cart.shop/, discoverySelectors leave out namespace left",
        "shop/web, http://cart.untold/, the labels of namespace untold"
    })
    void what_becomes_of_calls_there_is_not_known(String from, String url, String why) {
        assertThat(asked("1.30", from, url))
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.why()).contains(why));
    }

    @Test
    void a_root_namespace_that_is_left_out_has_no_say() {
        String refusing = """
            ---
            {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: none, namespace: %s}, spec: {}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: istio-system}}
            """;
        assertThat(asked("1.30", "shop/web", "http://cart.shop/", refusing.formatted("istio-system"))
                        .isDelivered())
                .isTrue();
        assertThat(asked("1.30", "shop/web", "http://cart.shop/", refusing.formatted("shop"))
                        .isAnswered(403))
                .isTrue();
    }
}
