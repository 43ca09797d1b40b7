package io.meshwright.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Proxy.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InjectionTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "istio-injection: enabled | `` | `` | `` | SIDECAR",
      "istio-injection: disabled | sidecar.istio.io/inject: \"true\" | `` | `` | NONE",
      "istio-injection: enabled | sidecar.istio.io/inject: \"false\" | `` | `` | NONE",
      "istio-injection: enabled | `` | sidecar.istio.io/inject: \"false\" | `` | NONE",
      "istio-injection: enabled | `` | `` | hostNetwork: true | NONE",
      "`` | `` | `` | `` | NONE",
      "`` | sidecar.istio.io/inject: \"true\" | `` | `` | SIDECAR",
      "`` | `` | sidecar.istio.io/inject: \"true\" | `` | NONE",
      "istio.io/rev: stable | `` | `` | `` | SIDECAR",
      "`` | istio.io/rev: stable | `` | `` | SIDECAR",
      "istio.io/dataplane-mode: ambient | `` | `` | `` | ZTUNNEL",
      "istio.io/dataplane-mode: ambient | istio.io/dataplane-mode: none | `` | `` | NONE",
      "istio-injection: enabled | `` | inject.istio.io/templates: gateway | `` | GATEWAY",
      "`` | `` | `` | containers: [{name: istio-proxy, image: docker.io/istio/proxyv2:1.26.2}] | SIDECAR"})
  void the_labels_of_namespace_and_pod_decide(String namespace, String label, String annotation, String spec, Type expected) {
    Mesh mesh = Meshes.of("{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {%s}}}".formatted(namespace), """
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
    Mesh mesh = Meshes.of("""
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: istiod}
        spec:
          source: {repoURL: ghcr.io/istio/release/charts, chart: istiod, targetRevision: 1.30.5,
            helm: {valuesObject: {revision: 1-30-5, revisionTags: [prod]}}}
          destination: {namespace: istio-system}
        """, Meshes.injected("a"), Meshes.deployment("a", "web"),
        "{apiVersion: v1, kind: Namespace, metadata: {name: b, labels: {istio.io/rev: prod}}}", Meshes.deployment("b", "web"));

    assertThat(Meshes.pod(mesh, "a", "web").proxy().type()).isEqualTo(Type.NONE);
    assertThat(Meshes.pod(mesh, "b", "web").proxy().type()).isEqualTo(Type.SIDECAR);
  }
}
