package io.meshwright.mesh.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespacesTest {
    private static Namespaces of(String text) {
        return Mesh.of(ManifestReader.of("test.yaml", text).manifests()).namespaces();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        targetNamespace: shop, install: {createNamespace: true}  | shop | true
        targetNamespace: shop, install: {createNamespace: false} | shop | false
        targetNamespace: shop                                    | shop | false
        install: {createNamespace: true}                         | flux | true
        """)
    void helm_controller_makes_the_namespace_of_a_release_that_says_so(String spec, String namespace, boolean known) {
        Namespaces namespaces = of("""
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: web, namespace: flux}
                spec: {chart: {spec: {chart: web, version: 1.0.0, sourceRef: {kind: HelmRepository, name: charts}}}, %s}
                """.formatted(spec));

        assertThat(namespaces.labels(namespace)).isEqualTo(known ? Optional.of(Map.of()) : Optional.empty());
        assertThat(namespaces.exists(namespace)).isEqualTo(known || namespace.equals("flux"));
    }

    @Test
    void argo_cd_makes_one_with_the_labels_that_it_gives_and_a_written_one_has_its_own() {
        String application = """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: web, namespace: argocd}
                spec:
                  destination: {namespace: shop}
                  syncPolicy: {syncOptions: [%s], managedNamespaceMetadata: {labels: {team: web}}}
                """;

        assertThat(of(application.formatted("CreateNamespace=true")).labels("shop"))
                .contains(Map.of("team", "web"));
        assertThat(of(application.formatted("CreateNamespace=false")).labels("shop"))
                .isEmpty();
        assertThat(of(application
                                .formatted("CreateNamespace=true")
                                .concat(
                                        "---\n{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {a: b}}}"))
                        .labels("shop"))
                .contains(Map.of("a", "b"));
        assertThat(of(application.formatted("CreateNamespace=false")).exists("shop"))
                .isFalse();
        assertThat(of(application).exists("kube-system")).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        {}                                                                                          | false
        {matchLabels: {kubernetes.io/metadata.name: shop}}                                          | false
        {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [shop]}]}      | false
        {matchLabels: {kubernetes.io/metadata.name: shop, team: web}}                               | true
        {matchExpressions: [{key: team, operator: Exists}]}                                         | true
        """)
    void a_selector_that_asks_for_the_name_alone_can_always_be_answered(String selector, boolean more)
            throws IOException {
        JsonNode read = new YAMLMapper().readTree(selector);

        assertThat(Namespaces.asksMore(Selector.of(read))).isEqualTo(more);
    }
}
