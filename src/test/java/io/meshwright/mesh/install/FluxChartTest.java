package io.meshwright.mesh.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private static List<HelmRelease> releases(String metadata, String spec, String... more) {
        return HelmRelease.all(Meshes.manifests(
                "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: r%s}, spec: {%s}}"
                        .formatted(metadata, spec),
                String.join("\n---\n", more)));
    }

    private static String repository(String name, String namespace, String url) {
        return "{apiVersion: source.toolkit.fluxcd.io/v1, kind: HelmRepository, metadata: {name: %s, namespace: %s}, spec: {url: '%s'}}"
                .formatted(name, namespace, url);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // kind, name and namespace of what the chart's source is called; the address that is found
                "HelmRepository | mesh | flux | https://right.example",
                "HelmRepository | mesh | other | https://other.example",
                "HelmRepository | else | flux | https://else.example",
                "HelmRepository | gone | flux | ''",
                "GitRepository | mesh | flux | ''"
            })
    void the_address_of_a_chart_is_that_of_the_repository_it_names(
            String kind, String name, String namespace, String address) {
        assertThat(releases(
                        ", namespace: apps",
                        "chart: {spec: {chart: web, version: 1.0.0, sourceRef: {kind: %s, name: %s, namespace: %s}}}"
                                .formatted(kind, name, namespace),
                        repository("else", "flux", "https://else.example"),
                        repository("mesh", "other", "https://other.example"),
                        repository("mesh", "flux", "https://right.example")))
                .singleElement()
                .satisfies(release -> {
                    assertThat(release.repository()).isEqualTo(address);
                    assertThat(release.version()).isEqualTo(kind.equals("HelmRepository") ? "1.0.0" : "");
                });
    }

    @Test
    void a_chart_without_an_address_cannot_be_fetched() {
        String release =
                "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: r, namespace: flux}, spec: {chart: {spec: {chart: web, version: 1.0.0, sourceRef: {kind: HelmRepository, name: mesh}}}}}";

        assertThat(HelmRelease.everywhere(Meshes.manifests(release))).isEmpty();
        assertThat(HelmRelease.everywhere(
                        Meshes.manifests(release, repository("mesh", "flux", "https://charts.example"))))
                .hasSize(1);
        assertThat(HelmRelease.everywhere(Meshes.manifests(
                        release.replace("name: r,", "name: '{{name}}',"),
                        repository("mesh", "flux", "https://charts.example"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', true", "'install: {crds: Create},', true", "'install: {crds: Skip},', false"})
    void a_release_brings_the_definitions_of_its_chart_unless_they_are_skipped(String install, boolean brought) {
        assertThat(releases(
                        ", namespace: apps",
                        "%s chart: {spec: {chart: web, sourceRef: {kind: HelmRepository, name: m}}}"
                                .formatted(install)))
                .singleElement()
                .satisfies(release -> assertThat(release.bringsDefinitions()).isEqualTo(brought));
    }

    /** Kustomize may add the namespace, and parts of Istio itself are at home in one. */
    @ParameterizedTest
    @CsvSource({"istiod, istio-system", "base, istio-system", "cni, istio-system", "gateway, ''", "web, ''"})
    void a_release_without_a_namespace_goes_where_istio_is_at_home_or_nobody_knows(String chart, String namespace) {
        assertThat(
                        releases(
                                        "",
                                        "chart: {spec: {chart: %s, sourceRef: {kind: HelmRepository, name: m}}}"
                                                .formatted(chart))
                                .stream()
                                .map(HelmRelease::namespace)
                                .findFirst()
                                .orElse(""))
                .isEqualTo(namespace);
        assertThat(releases(
                        ", namespace: apps",
                        "chart: {spec: {chart: %s, sourceRef: {kind: HelmRepository, name: m}}}".formatted(chart)))
                .extracting(HelmRelease::namespace)
                .containsExactly("apps");
    }

    @ParameterizedTest
    @CsvSource({"52, 52", "53, 53", "54, 53"})
    void a_name_of_fifty_three_letters_is_the_longest_that_stays(int length, int kept) {
        String name = "n".repeat(length);

        assertThat(releases(
                        ", namespace: apps",
                        "releaseName: %s, chart: {spec: {chart: web, sourceRef: {kind: HelmRepository, name: m}}}"
                                .formatted(name)))
                .singleElement()
                .satisfies(release -> {
                    assertThat(release.name()).hasSize(kept);
                    assertThat(release.name().equals(name)).isEqualTo(length == kept);
                });
    }

    @Test
    void values_come_from_the_config_map_of_that_name_beside_the_release() {
        String map =
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: %s}, data: {values.yaml: 'from: %s'}}";
        String spec =
                "valuesFrom: [{kind: ConfigMap, name: right}], chart: {spec: {chart: web, sourceRef: {kind: HelmRepository, name: m}}}";

        assertThat(releases(
                        ", namespace: apps",
                        spec,
                        map.formatted("wrong", "apps", "another name"),
                        map.formatted("right", "flux", "another namespace"),
                        map.formatted("right", "apps", "here")))
                .singleElement()
                .satisfies(release -> {
                    assertThat(release.value("/from").asText()).isEqualTo("here");
                    assertThat(release.hasAllValues()).isTrue();
                });
        assertThat(releases(", namespace: apps", spec, map.formatted("wrong", "apps", "another name")))
                .singleElement()
                .satisfies(release -> assertThat(release.hasAllValues()).isFalse());
    }
}
