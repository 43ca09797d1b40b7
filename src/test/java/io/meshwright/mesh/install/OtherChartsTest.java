package io.meshwright.mesh.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.Meshes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Charts that may bring a service which the manifests do not hold. */
class OtherChartsTest {
    private static final String APPLICATION =
            "apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a}";
    private static final String SET = "apiVersion: argoproj.io/v1alpha1, kind: ApplicationSet, metadata: {name: a}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                APPLICATION + ", spec: {source: {chart: redis}, destination: {namespace: data}} | true | false",
                APPLICATION
                        + ", spec: {sources: [{path: x}, {chart: redis}], destination: {namespace: data}} | true | false",
                APPLICATION + ", spec: {source: {chart: gateway}, destination: {namespace: data}} | false | false",
                APPLICATION + ", spec: {source: {path: x}, destination: {namespace: data}} | true | false",
                APPLICATION + ", spec: {source: {path: .}, destination: {namespace: data}} | false | false",
                APPLICATION + ", spec: {source: {chart: redis}, destination: {namespace: other}} | false | false",
                "apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: a, namespace: data}, spec:"
                        + " {chart: {spec: {chart: redis}}} | true | false",
                "apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: a, namespace: flux}, spec:"
                        + " {targetNamespace: data, chart: {spec: {chart: redis}}} | true | false",
                "apiVersion: helm.cattle.io/v1, kind: HelmChart, metadata: {name: a, namespace: kube-system}, spec:"
                        + " {targetNamespace: data, chart: redis} | true | false",
                "apiVersion: meshwright.io/v1, kind: Release, metadata: {name: a, namespace: data}, spec: {chart: redis}"
                        + " | true | false",
                "apiVersion: meshwright.io/v1, kind: Release, metadata: {name: a, namespace: data}, spec: {chart: istiod}"
                        + " | false | false",
                SET + ", spec: {template: {spec: {source: {chart: '{{chart}}'}}}} | true | true",
                SET + ", spec: {template: {spec: {sources: [{path: '{{path}}', helm: {}}]}}} | true | true",
                SET + ", spec: {template: {spec: {source: {path: '{{path}}'}}}} | false | false",
                SET + ", spec: {template: {spec: {source: {chart: redis}}}} | false | false"
            })
    void a_chart_may_bring_a_service_into_the_namespace_for_which_it_is(
            String object, boolean there, boolean anywhere) {
        OtherCharts charts = Meshes.of("{%s}".formatted(object)).otherCharts();

        assertThat(charts.behind("redis.data.svc.cluster.local").isPresent()).isEqualTo(there);
        assertThat(charts.behind("redis.elsewhere.svc.cluster.local").isPresent())
                .isEqualTo(anywhere);
        assertThat(charts.behind("redis.data.example.org")).isEmpty();
        assertThat(charts.behind("redis.data")).isEmpty();
    }

    /**
     * As kubectl takes it, and in a base whose namespace an overlay will say, which is that of the objects beside it.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: a}, spec:"
                        + " {chart: {spec: {chart: redis}}}",
                "apiVersion: helm.cattle.io/v1, kind: HelmChart, metadata: {name: a}, spec: {chart: redis}",
                "apiVersion: meshwright.io/v1, kind: Release, metadata: {name: a}, spec: {chart: redis}"
            })
    void a_chart_without_a_namespace_is_for_that_of_objects_without_one(String object) {
        OtherCharts charts = Meshes.of("{%s}".formatted(object)).otherCharts();

        assertThat(charts.behind("redis.default.svc.cluster.local")).isPresent();
        assertThat(charts.behind("redis.data.svc.cluster.local")).isEmpty();
    }

    /** Of a folder that is among the manifests nothing else is brought than they say. */
    @ParameterizedTest
    @CsvSource({"./apps/data, true", "apps, true", "/apps/data/, true", "apps/dat, false", "other, false"})
    void what_argo_cd_reads_here_is_told(String path, boolean told) {
        Manifests manifests = new ManifestReader()
                .text(
                        "clone/argocd/data.yaml",
                        "{%s, spec: {source: {repoURL: r, path: %s}, destination: {namespace: data}}}"
                                .formatted(APPLICATION, path))
                .text("clone/apps/data/web.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}")
                .read()
                .manifests();

        assertThat(new OtherCharts(manifests).within("data").isEmpty()).isEqualTo(told);
    }
}
