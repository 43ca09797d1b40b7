package io.meshwright.mesh.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What HelmReleases of Flux install, as people write them. */
class FluxChartTest {
    private static final String REPOSITORY = """
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: HelmRepository
        metadata: {name: mesh, namespace: flux-system}
        spec: {interval: 1h, url: https://blob.istio.io/istio-release/charts}
        ---
        """;
    private static final String ISTIOD = """
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: istiod, namespace: istio-system}
        spec:
          interval: 10m
          chart:
            spec:
              chart: istiod
              version: 1.26.2
              sourceRef: {kind: HelmRepository, name: mesh, namespace: flux-system}
        """;

    @Test
    void release_and_settings_of_the_mesh_are_learnt_from_values() {
        Mesh mesh = Meshes.of(REPOSITORY.concat(ISTIOD).concat("""
              values:
                meshConfig:
                  outboundTrafficPolicy: {mode: REGISTRY_ONLY}
                  rootNamespace: roots
            """));

        assertThat(mesh.installation().versions())
                .extracting(IstioVersion::toString)
                .containsExactly("1.26.2");
        assertThat(mesh.config().outbound()).isEqualTo(MeshConfig.Outbound.REGISTRY_ONLY);
        assertThat(mesh.config().rootNamespace()).isEqualTo("roots");
        assertThat(mesh.config().source().orElseThrow().at("/rootNamespace").place())
                .hasToString("test.yaml:19:7");
        assertThat(mesh.installation().named().keySet())
                .singleElement()
                .extracting(named -> named.place().toString())
                .isEqualTo("test.yaml:14:7");
    }

    @Test
    void values_of_a_config_map_stand_below_those_of_the_release() {
        Mesh mesh = Meshes.of(REPOSITORY.concat(ISTIOD).concat("""
              valuesFrom:
              - {kind: ConfigMap, name: istiod}
              - {kind: ConfigMap, name: istiod, valuesKey: domain, targetPath: global.proxy.clusterDomain}
              values: {meshConfig: {rootNamespace: roots}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: istiod, namespace: istio-system}
            data:
              domain: example.local
              values.yaml: |
                meshConfig: {rootNamespace: others, enableAutoMtls: false}
            """));

        assertThat(mesh.config().rootNamespace()).isEqualTo("roots");
        assertThat(mesh.config().autoMtls()).isFalse();
        assertThat(mesh.config().domain()).isEqualTo("example.local");
        assertThat(mesh.config().mayLack("/outboundTrafficPolicy/mode")).isFalse();
    }

    @Test
    void values_that_are_not_among_the_manifests_may_say_what_is_not_written() {
        Mesh mesh = Meshes.of(REPOSITORY.concat(ISTIOD).concat("""
              valuesFrom: [{kind: Secret, name: istiod}]
              values: {meshConfig: {outboundTrafficPolicy: {mode: ALLOW_ANY}}}
            """));

        assertThat(mesh.config().mayLack("/outboundTrafficPolicy/mode")).isFalse();
        assertThat(mesh.config().mayLack("/extensionProviders")).isTrue();
    }

    @Test
    void a_gateway_of_a_registry_is_called_after_namespace_and_release() {
        Mesh mesh = Meshes.of("""
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: OCIRepository
            metadata: {name: edge, namespace: flux-system}
            spec: {interval: 1h, url: "oci://gcr.io/istio-release/charts/gateway", ref: {tag: 1.26.2}}
            ---
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: edge, namespace: flux-system}
            spec:
              interval: 10m
              chartRef: {kind: OCIRepository, name: edge}
              targetNamespace: istio-ingress
              values: {labels: {team: web}}
            """);

        Pod pod = Meshes.pod(mesh, "istio-ingress", "istio-ingress-edge");
        assertThat(pod.proxy().isGateway()).isTrue();
        assertThat(pod.labels()).containsEntry("app", "istio-ingress-edge").containsEntry("team", "web");
    }

    @Test
    void a_long_name_is_shortened_as_flux_shortens_it() {
        List<HelmRelease> releases = HelmRelease.all(Meshes.manifests("""
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: a-release-with-a-name-that-is-long, namespace: flux-system}
            spec:
              targetNamespace: a-namespace-with-a-name-that-is-long
              chart: {spec: {chart: web, sourceRef: {kind: HelmRepository, name: some}}}
            """));

        assertThat(releases)
                .singleElement()
                .satisfies(release -> assertThat(release.name())
                        .hasSize(53)
                        .startsWith("a-namespace-with-a-name-that-is-long-a-r")
                        .matches(".*-[0-9a-f]{12}"));
    }

    @Test
    void a_chart_of_others_is_no_gateway_of_istio() {
        Mesh mesh = Meshes.of("""
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: edge, namespace: edge}
            spec: {chart: {spec: {chart: gateway, sourceRef: {kind: HelmRepository, name: envoy}}}}
            """);

        assertThat(mesh.pods().all()).isEmpty();
    }

    @Test
    void a_release_by_hand_is_read_as_any_other() {
        Mesh mesh = Meshes.of("""
            apiVersion: meshwright.io/v1
            kind: Release
            metadata: {name: istiod, namespace: istio-system}
            spec:
              chart: istiod
              version: 1.30.5
              repository: https://blob.istio.io/istio-release/charts
              values: {meshConfig: {trustDomain: shop}}
            """);

        assertThat(mesh.config().trustDomain()).isEqualTo("shop");
        assertThat(mesh.installation().versions())
                .extracting(IstioVersion::toString)
                .containsExactly("1.30.5");
    }
}
