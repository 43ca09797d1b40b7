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
}
