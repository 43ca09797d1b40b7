package io.meshwright.mesh.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The installation that istioctl makes of an IstioOperator. */
class IstioOperatorTest {
    private static Mesh mesh(String spec, String... more) {
        return Mesh.of(Meshes.manifests(
                "{apiVersion: install.istio.io/v1alpha1, kind: IstioOperator, metadata: {name: x}, spec: {%s}}"
                        .formatted(spec),
                Meshes.injected("shop"),
                Meshes.deployment("shop", "web"),
                String.join("\n---\n", more)));
    }

    private static List<String> gateways(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isGateway())
                .map(Pod::toString)
                .toList();
    }

    /** Every profile lies on the profile default. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | istio-system/istio-ingressgateway",
                "profile: default | istio-system/istio-ingressgateway",
                "profile: openshift | istio-system/istio-ingressgateway",
                "profile: preview | istio-system/istio-ingressgateway",
                "profile: stable | istio-system/istio-ingressgateway",
                "profile: demo | istio-system/istio-egressgateway,istio-system/istio-ingressgateway",
                "profile: minimal | ''",
                "profile: ambient | ''",
                "profile: empty | ''",
                "'components: {ingressGateways: [{name: istio-ingressgateway, enabled: false}]}' | ''",
                "'components: {ingressGateways: [{name: inner, enabled: true}]}'"
                        + " | istio-system/inner,istio-system/istio-ingressgateway",
                "'components: {ingressGateways: [{name: inner}]}' | istio-system/istio-ingressgateway",
                "'components: {ingressGateways: [{namespace: edge}]}' | edge/istio-ingressgateway",
                "'values: {global: {istioNamespace: mesh}}' | mesh/istio-ingressgateway"
            })
    void the_profile_and_the_components_say_which_gateways_there_are(String spec, String expected) {
        assertThat(String.join(",", gateways(mesh(spec)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | true",
                "profile: minimal | true",
                "profile: empty | false",
                "'profile: empty, components: {pilot: {enabled: true}}' | true",
                "'components: {pilot: {enabled: false}}' | false"
            })
    void one_that_installs_gateways_alone_is_no_control_plane(String spec, boolean istiod) {
        Mesh mesh = mesh(spec.concat(spec.isEmpty() ? "tag: 1.24.1" : ", tag: 1.24.1"));

        assertThat(mesh.services().kubernetes("istio-system", "istiod").isPresent())
                .isEqualTo(istiod);
        assertThat(mesh.version().toString().equals("1.24.1")).isEqualTo(istiod);
        assertThat(Meshes.pod(mesh, "shop", "web").proxy().inMesh()).isEqualTo(Truth.YES);
    }

    /** Istio's pages write operator.istio.io too: istioctl looks at the kind alone. */
    @ParameterizedTest
    @CsvSource({"operator.istio.io/v1alpha1", "install.istio.io/v1alpha1"})
    void the_group_is_the_one_that_a_page_of_istio_writes(String apiVersion) {
        Mesh mesh = Mesh.of(Meshes.manifests("""
            {apiVersion: %s, kind: IstioOperator, metadata: {name: x}, spec: {profile: empty,
              components: {ingressGateways: [{name: inner, namespace: edge, enabled: true}]}}}
            """.formatted(apiVersion)));

        assertThat(gateways(mesh)).containsExactly("edge/inner");
    }

    @Test
    void settings_stand_beside_the_values_and_the_values_go_before_them() {
        Mesh mesh = mesh("""
            revision: a,
            meshConfig: {trustDomain: own.example, defaultConfig: {gatewayTopology: {numTrustedProxies: 2}}},
            components: {pilot: {k8s: {env: [{name: PILOT_SCOPE_GATEWAY_TO_NAMESPACE, value: "true"}]}}},
            values: {
              global: {istioNamespace: mesh-system, tag: 1.25.1},
              revisionTags: [prod],
              pilot: {env: {K8S_INGRESS_NS: edge}},
              meshConfig: {trustDomain: other.example, outboundTrafficPolicy: {mode: REGISTRY_ONLY}}}
            """);

        assertThat(mesh.config().trustDomain()).isEqualTo("other.example");
        assertThat(mesh.config().trustedProxies()).isEqualTo(2);
        assertThat(mesh.config().outbound().name()).isEqualTo("REGISTRY_ONLY");
        assertThat(mesh.config().scopesGatewayToNamespace()).isTrue();
        assertThat(mesh.config().ingressNamespace()).isEqualTo("edge");
        assertThat(mesh.config().rootNamespace()).isEqualTo("mesh-system");
        assertThat(mesh.version()).hasToString("1.25.1");
        assertThat(mesh.services().kubernetes("mesh-system", "istiod-a").map(Service::namespace))
                .contains("mesh-system");
    }

    @ParameterizedTest
    @CsvSource({"a, true", "prod, true", "default, true", "b, false"})
    void its_revision_its_tags_and_the_default_one_are_served(String revision, boolean served) {
        Mesh mesh = mesh(
                "revision: a, values: {revisionTags: [prod]}",
                "{apiVersion: v1, kind: Namespace, metadata: {name: other, labels: {istio.io/rev: %s}}}"
                        .formatted(revision),
                Meshes.deployment("other", "web"));

        assertThat(Meshes.pod(mesh, "other", "web").proxy().isSidecar()).isEqualTo(served);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | false",
                "profile: ambient | true",
                "profile: openshift | true",
                "'components: {cni: {enabled: true}}' | true",
                "'profile: ambient, components: {cni: {enabled: false}}' | false",
                "'components: {cni: {enabled: true}}, values: {pilot: {cni: {enabled: false}}}' | false"
            })
    void istio_cni_redirects_where_the_profile_or_a_component_says_so(String spec, boolean cni) {
        Mesh mesh = mesh(spec);

        assertThat(mesh.installation()
                        .sidecarTemplates()
                        .get(0)
                        .capturesInitContainers(Meshes.pod(mesh, "shop", "web")))
                .isEqualTo(cni);
    }

    /** Values of the chart's own stay where a component says nothing else, whatever its name is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | istio-ingressgateway | ingressgateway | ",
                "label: {istio: inner} | istio-ingressgateway | inner | ",
                "label: {app: own} | own | ingressgateway | ",
                "'k8s: {overlays: [{kind: Deployment, name: inner, patches: [{path: spec.template.metadata.labels.team, value: x},"
                        + " {path: spec.replicas, value: 3}]}, {kind: Service, name: inner, patches: [{path:"
                        + " spec.template.metadata.labels.app, value: y}]}]}' | istio-ingressgateway | ingressgateway | x"
            })
    void the_pods_of_a_gateway_have_the_charts_labels_below_those_that_are_said(
            String settings, String app, String istio, String team) {
        Pod pod = Meshes.pod(
                mesh("components: {ingressGateways: [{name: inner, enabled: true, %s}]}".formatted(settings)),
                "istio-system",
                "inner");

        assertThat(pod.labels()).containsEntry("app", app).containsEntry("istio", istio);
        assertThat(pod.labels().get("team")).isEqualTo(team);
        assertThat(pod.labels()).hasSize(team == null ? 2 : 3);
    }

    @Test
    void its_namespace_stands_beside_the_values_or_among_them() {
        assertThat(gateways(mesh("namespace: own"))).containsExactly("own/istio-ingressgateway");
        assertThat(gateways(mesh("namespace: own, values: {global: {istioNamespace: mesh}}")))
                .containsExactly("mesh/istio-ingressgateway");
    }

    @ParameterizedTest
    @CsvSource({"ambient, true", "openshift-ambient, true", "default, false"})
    void sidecars_take_tunnels_where_the_profile_is_for_ambient_mode(String profile, boolean taken) {
        assertThat(mesh("profile: ".concat(profile))
                        .config()
                        .body()
                        .at("/defaultConfig/proxyMetadata/ISTIO_META_ENABLE_HBONE")
                        .asBoolean(false))
                .isEqualTo(taken);
    }

    @Test
    void settings_of_the_mesh_are_merged_field_by_field_with_those_among_the_values() {
        Mesh mesh = mesh(
                "meshConfig: {defaultConfig: {gatewayTopology: {numTrustedProxies: 2}, concurrency: 1}}, values: {meshConfig:"
                        + " {defaultConfig: {concurrency: 2}, enableAutoMtls: false}}");

        assertThat(mesh.config().trustedProxies()).isEqualTo(2);
        assertThat(mesh.config().body().at("/defaultConfig/concurrency").asInt())
                .isEqualTo(2);
        assertThat(mesh.config().autoMtls()).isFalse();
    }
}
