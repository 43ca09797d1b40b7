package io.meshwright.mesh.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Proxy.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InjectionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "istio-injection: enabled | `` | `` | `` | SIDECAR",
                "istio-injection: disabled | sidecar.istio.io/inject: \"true\" | `` | `` | NONE",
                "istio-injection: enabled | sidecar.istio.io/inject: \"false\" | `` | `` | NONE",
                "istio-injection: enabled | `` | sidecar.istio.io/inject: \"false\" | `` | NONE",
                "istio-injection: enabled | `` | `` | hostNetwork: true | NONE",
                "istio-injection: enabled | sidecar.istio.io/inject: \"\" | `` | `` | SIDECAR",
                "istio-injection: enabled | sidecar.istio.io/inject: \"\" | sidecar.istio.io/inject: \"false\" | `` | SIDECAR",
                "`` | `` | `` | `` | NONE",
                "`` | sidecar.istio.io/inject: \"true\" | `` | `` | SIDECAR",
                "`` | `` | sidecar.istio.io/inject: \"true\" | `` | NONE",
                "istio.io/rev: stable | `` | `` | `` | SIDECAR",
                "`` | istio.io/rev: stable | `` | `` | SIDECAR",
                "istio.io/dataplane-mode: ambient | `` | `` | `` | ZTUNNEL",
                "istio.io/dataplane-mode: ambient | istio.io/dataplane-mode: none | `` | `` | NONE",
                "istio-injection: enabled | `` | inject.istio.io/templates: gateway | `` | GATEWAY",
                "`` | `` | `` | containers: [{name: istio-proxy, image: docker.io/istio/proxyv2:1.26.2}] | SIDECAR",
                "`` | `` | `` | containers: [{name: istio-proxy, image: docker.io/istio/ztunnel:1.26.2, args: [proxy, ztunnel]}] | NONE"
            })
    void the_labels_of_namespace_and_pod_decide(
            String namespace, String label, String annotation, String spec, Type expected) {
        Mesh mesh = Meshes.of(
                "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {%s}}}".formatted(namespace),
                """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {%s}, annotations: {%s}}
        spec: {%s}
        """.formatted(label, annotation, spec));

        assertThat(Meshes.pod(mesh, "shop", "web").proxy().type()).isEqualTo(expected);
    }

    @Test
    void a_namespace_whose_labels_nobody_writes_leaves_it_open_unless_the_pod_decides() {
        Mesh mesh = Meshes.of(Meshes.deployment("shop", "web"), """
        apiVersion: v1
        kind: Pod
        metadata: {name: asks, namespace: shop, labels: {sidecar.istio.io/inject: "true"}}
        spec: {containers: []}
        """);

        assertThat(Meshes.pod(mesh, "shop", "web").proxy().inMesh()).isEqualTo(Truth.UNKNOWN);
        assertThat(Meshes.pod(mesh, "shop", "asks").proxy().inMesh()).isEqualTo(Truth.YES);
    }

    @Test
    void a_lone_container_with_image_auto_is_a_gateway() {
        Mesh mesh = Meshes.of(Meshes.injected("edge"), """
        apiVersion: v1
        kind: Pod
        metadata: {name: gw, namespace: edge}
        spec: {containers: [{name: istio-proxy, image: auto}]}
        """);

        assertThat(Meshes.pod(mesh, "edge", "gw").proxy().isGateway()).isTrue();
    }

    @Test
    void a_revision_that_no_written_istiod_serves_injects_nothing() {
        Mesh mesh = Meshes.of(
                """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: istiod}
        spec:
          source: {repoURL: ghcr.io/istio/release/charts, chart: istiod, targetRevision: 1.30.5,
            helm: {valuesObject: {revision: 1-30-5, revisionTags: [prod]}}}
          destination: {namespace: istio-system}
        """,
                Meshes.injected("a"),
                Meshes.deployment("a", "web"),
                "{apiVersion: v1, kind: Namespace, metadata: {name: b, labels: {istio.io/rev: prod}}}",
                Meshes.deployment("b", "web"));

        assertThat(Meshes.pod(mesh, "a", "web").proxy().type()).isEqualTo(Type.NONE);
        assertThat(Meshes.pod(mesh, "b", "web").proxy().type()).isEqualTo(Type.SIDECAR);
    }

    @Test
    void a_tag_that_stands_apart_leads_to_one_of_two_control_planes() {
        Mesh mesh = Mesh.of(Meshes.manifests(
                istiod("istiod", "1.23.4", ""),
                istiod("istiod-1-25-5", "1.25.5", "revision: 1-25-5"),
                """
        apiVersion: admissionregistration.k8s.io/v1
        kind: MutatingWebhookConfiguration
        metadata: {name: istio-revision-tag-next, labels: {istio.io/tag: next, istio.io/rev: 1-25-5}}
        """,
                labelled("a", "istio-injection: enabled"),
                Meshes.deployment("a", "web"),
                labelled("b", "istio.io/rev: next"),
                Meshes.deployment("b", "web"),
                labelled("c", "istio.io/rev: gone"),
                Meshes.deployment("c", "web")));

        assertThat(mesh.version(Meshes.pod(mesh, "a", "web"))).hasToString("1.23.4");
        assertThat(mesh.version(Meshes.pod(mesh, "b", "web"))).hasToString("1.25.5");
        assertThat(Meshes.pod(mesh, "c", "web").proxy().why()).contains("no istiod here serves revision gone");
    }

    @Test
    void a_gateway_chart_whose_revision_nobody_serves_makes_no_gateway() {
        String gateway = """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: edge}
        spec:
          source: {repoURL: https://blob.istio.io/istio-release/charts, chart: gateway, targetRevision: 1.25.5,
            helm: {valuesObject: {revision: %s}}}
          destination: {namespace: istio-ingress}
        """;

        assertThat(Meshes.pod(
                                Meshes.of(istiod("istiod", "1.25.5", "revision: 1-25-5"), gateway.formatted("1-25-5")),
                                "istio-ingress",
                                "edge")
                        .proxy()
                        .isGateway())
                .isTrue();
        assertThat(Meshes.pod(
                                Meshes.of(istiod("istiod", "1.25.5", "revision: 1-25-5"), gateway.formatted("1-26-2")),
                                "istio-ingress",
                                "edge")
                        .proxy()
                        .type())
                .isEqualTo(Type.NONE);
    }

    private static String labelled(String namespace, String label) {
        return "{apiVersion: v1, kind: Namespace, metadata: {name: %s, labels: {%s}}}".formatted(namespace, label);
    }

    private static String istiod(String name, String version, String values) {
        return """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: %s}
        spec:
          source: {repoURL: https://blob.istio.io/istio-release/charts, chart: istiod, targetRevision: %s,
            helm: {valuesObject: {%s}}}
          destination: {namespace: istio-system}
        """.formatted(name, version, values);
    }
}
