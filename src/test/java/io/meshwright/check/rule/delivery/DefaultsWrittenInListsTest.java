package io.meshwright.check.rule.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.Finding;
import io.meshwright.check.Severity;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who delivers decides whether a default that a list leaves out does any harm. */
class DefaultsWrittenInListsTest {
    private static final String SECRET = """
        apiVersion: external-secrets.io/v1
        kind: ExternalSecret
        metadata: {name: database, namespace: shop}
        spec:
          secretStoreRef: {name: vault}
          data: [{secretKey: one, remoteRef: {key: one, conversionStrategy: Default, decodingStrategy: None}}]
        """;

    private static final String NAMESPACE = "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}";

    @Test
    void an_object_in_the_folder_of_an_application_is_a_warning_that_names_field_and_value() {
        List<Finding> found = found("dist/shop/secrets/a.yaml", application("dist/shop/secrets", ""));

        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.message()).startsWith("spec.data.0.remoteRef: the API server adds metadataPolicy: None");
            assertThat(finding.remedy()).isEqualTo("Write metadataPolicy: None into it.");
        });
    }

    @Test
    void a_folder_is_known_from_the_root_of_the_repository_and_from_further_down() {
        assertThat(found("/home/me/platform/dist/shop/secrets/a.yaml", application("./dist/shop/secrets/", "")))
                .hasSize(1);
        assertThat(found("shop/secrets/a.yaml", application("dist/shop/secrets", "")))
                .hasSize(1);
    }

    @Test
    void a_folder_below_is_delivered_only_by_an_application_that_looks_there() {
        assertThat(found("deploy/secrets/a.yaml", application("deploy", "directory: {recurse: true}, ")))
                .extracting(Finding::severity)
                .containsExactly(Severity.WARNING);
        assertThat(found("deploy/secrets/a.yaml", application("deploy", ""), "deploy/shop.yaml", NAMESPACE))
                .isEmpty();
    }

    @Test
    void without_argo_cd_it_does_no_harm() {
        assertThat(found("deploy/a.yaml", NAMESPACE)).isEmpty();
    }

    @Test
    void an_application_of_a_chart_delivers_no_file() {
        assertThat(found("deploy/a.yaml", application("deploy", "").replace("path: deploy", "chart: shop")))
                .isEmpty();
    }

    @Test
    void where_no_folder_of_an_application_is_among_the_files_it_is_a_note() {
        assertThat(found("a.yaml", application("deploy/shop", "")))
                .extracting(Finding::severity)
                .containsExactly(Severity.INFO);
    }

    @Test
    void where_the_api_server_compares_nothing_differs() {
        assertThat(found(
                        "deploy/a.yaml",
                        application("deploy", "")
                                .replace(
                                        "namespace: argocd",
                                        "namespace: argocd, annotations: {argocd.argoproj.io/compare-options:"
                                                + " ServerSideDiff=true}")))
                .isEmpty();
        assertThat(found("deploy/a.yaml", application("deploy", ""), "argocd/params.yaml", """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: argocd-cmd-params-cm, namespace: argocd}
            data: {controller.diff.server.side: "true"}
            """))
                .isEmpty();
    }

    @Test
    void server_side_apply_alone_compares_as_before() {
        assertThat(found(
                        "deploy/a.yaml",
                        application("deploy", "").concat("  syncPolicy: {syncOptions: [ServerSideApply=true]}\n")))
                .hasSize(1);
    }

    @Test
    void an_object_of_another_version_than_the_definition_that_is_known_is_left_alone() {
        assertThat(read(
                        "deploy/a.yaml",
                        SECRET.replace("io/v1", "io/v1beta1"),
                        "argocd/a.yaml",
                        application("deploy", "")))
                .isEmpty();
    }

    private static String application(String path, String more) {
        return """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: shop, namespace: argocd}
            spec:
              source: {repoURL: https://git.example.com/shop.git, %spath: %s}
              destination: {server: https://kubernetes.default.svc, namespace: shop}
            """.formatted(more, path);
    }

    private static List<Finding> found(String file, String application, String... others) {
        String[] all = new String[others.length + 4];
        System.arraycopy(new String[] {file, SECRET, "argocd/app.yaml", application}, 0, all, 0, 4);
        System.arraycopy(others, 0, all, 4, others.length);
        return read(all);
    }

    private static List<Finding> read(String... filesAndTexts) {
        ManifestReader reader = new ManifestReader();
        for (int index = 0; index < filesAndTexts.length; index += 2) {
            reader.text(filesAndTexts[index], filesAndTexts[index + 1]);
        }
        return new DefaultsWrittenInLists()
                .run(Mesh.of(reader.read().manifests()))
                .toList();
    }
}
