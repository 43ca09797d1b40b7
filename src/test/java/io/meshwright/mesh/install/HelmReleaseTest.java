package io.meshwright.mesh.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.workload.Pod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelmReleaseTest {
    private static String application(String chart, String helm) {
        return """
            {apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: x, namespace: argocd}, spec: {
              source: {repoURL: https://blob.istio.io/istio-release/charts, chart: %s, targetRevision: 1.26.2,
                helm: {%s}}, destination: {namespace: home}}}
            """.formatted(chart, helm);
    }

    /** A parameter is read as Helm reads what --set gives. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "value: 'true' | BOOLEAN | true",
                "value: 'False' | BOOLEAN | false",
                "value: 'null' | NULL | null",
                "value: 'true', forceString: true | STRING | true",
                "value: 'true', forceString: false | BOOLEAN | true",
                "value: '0' | NUMBER | 0",
                "value: '-12' | NUMBER | -12",
                "value: '012' | STRING | 012",
                "value: 1.30 | NUMBER | 1.3",
                "value: truest | STRING | truest"
            })
    void a_parameter_has_the_type_that_its_text_looks_like(String parameter, String type, String text) {
        JsonNode value = ApplicationCharts.of(
                        Meshes.manifests(application("istiod", "parameters: [{name: a.b, %s}]".formatted(parameter)))
                                .kind(Kind.APPLICATION)
                                .get(0))
                .get(0)
                .value("/a/b");

        assertThat(value.getNodeType()).hasToString(type);
        assertThat(value.asText()).isEqualTo(text);
    }

    @Test
    void argo_cds_chart_makes_pods_with_the_labels_of_all_and_of_each() {
        Mesh mesh = Meshes.of(
                Meshes.injected("home"),
                application(
                        "argo-cd",
                        "valuesObject: {global: {podLabels: {a: all}}, server: {podLabels: {a: own}}, dex: {enabled:"
                                + " false}}"),
                application("other", "").replace("name: x", "name: y"));

        assertThat(mesh.chartPods())
                .extracting(Pod::toString)
                .containsExactly(
                        "home/server",
                        "home/controller",
                        "home/repoServer",
                        "home/applicationSet",
                        "home/notifications");
        assertThat(mesh.chartPods().get(0).labels()).containsEntry("a", "own");
        assertThat(mesh.chartPods().get(1).labels()).containsEntry("a", "all");
        assertThat(mesh.chartPods()).allMatch(pod -> pod.proxy().isSidecar());
    }

    @Test
    void the_config_map_of_a_control_plane_is_told_from_others_by_its_name() {
        String map =
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: istio-system}, data: {%s: 'trustDomain: a.example'}}";

        assertThat(trustDomain(map.formatted("istio", "mesh"))).isEqualTo("a.example");
        assertThat(trustDomain(map.formatted("istio-canary", "mesh"))).isEqualTo("a.example");
        assertThat(trustDomain(map.formatted("cilium", "mesh"))).isEqualTo("cluster.local");
        assertThat(trustDomain(map.formatted("istio-sidecar-injector", "values"), map.formatted("istio2", "mesh")))
                .isEqualTo("cluster.local");
        assertThat(trustDomain(map.formatted("istio-other", "values"), map.formatted("istio-prod", "mesh")))
                .isEqualTo("a.example");
    }

    private static String trustDomain(String... documents) {
        return Meshes.of(documents).config().trustDomain();
    }

    private static HelmRelease only(String helm) {
        return ApplicationCharts.of(Meshes.manifests(application("web", helm))
                        .kind(Kind.APPLICATION)
                        .get(0))
                .get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // what the source says, all values are known, its definitions are installed
                "'' | true | true",
                "valueFiles: [values.yaml] | false | true",
                "'fileParameters: [{name: a, path: b}]' | false | true",
                "'parameters: [{name: a.b, value: x}, {name: c-d, value: x}]' | true | true",
                "'parameters: [{name: a.b, value: x}, {name: \"a[0]\", value: x}]' | false | true",
                "'parameters: [{name: a\\.b, value: x}]' | false | true",
                "skipCrds: true | true | false",
                "skipCrds: false | true | true"
            })
    void values_elsewhere_and_of_items_in_lists_leave_a_chart_partly_unknown(
            String helm, boolean whole, boolean definitions) {
        assertThat(only(helm).hasAllValues()).isEqualTo(whole);
        assertThat(only(helm).bringsDefinitions()).isEqualTo(definitions);
    }

    @Test
    void an_application_installs_what_its_chart_or_the_end_of_its_address_names() {
        String spec =
                "{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: x, namespace: argocd}, spec: {sources: [%s], destination: {namespace: home}}}";
        var manifests = Meshes.manifests(
                spec.formatted(
                        "{repoURL: oci://registry.example/charts/one}, {repoURL: https://charts.example, chart: two}, {ref: values}"));

        assertThat(HelmRelease.all(manifests))
                .extracting(release -> release.chart())
                .containsExactly("one", "two");
        assertThat(HelmRelease.everywhere(manifests))
                .extracting(release -> release.chart())
                .containsExactly("two");
    }

    @Test
    void argo_cds_chart_gives_its_pods_annotations_and_a_security_context() {
        Mesh mesh = Meshes.of(
                Meshes.injected("home"),
                application(
                        "argo-cd",
                        "valuesObject: {global: {podAnnotations: {a: all}, securityContext: {runAsNonRoot: true}}, server:"
                                + " {podAnnotations: {a: own, sidecar.istio.io/inject: \"false\"}}}"));

        assertThat(mesh.chartPods().get(0).annotations()).containsEntry("a", "own");
        assertThat(mesh.chartPods().get(0).proxy().isSidecar()).isFalse();
        assertThat(mesh.chartPods().get(1).annotations()).containsEntry("a", "all");
        assertThat(mesh.chartPods().get(1).proxy().isSidecar()).isTrue();
        assertThat(mesh.chartPods()
                        .get(0)
                        .spec()
                        .at("/securityContext/runAsNonRoot")
                        .asBoolean(false))
                .isTrue();
        assertThat(Meshes.of(application("argo-cd", ""))
                        .chartPods()
                        .get(0)
                        .spec()
                        .has("securityContext"))
                .isFalse();
    }
}
