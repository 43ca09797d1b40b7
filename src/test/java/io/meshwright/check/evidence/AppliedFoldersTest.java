package io.meshwright.check.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Manifests;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppliedFoldersTest {
    @ParameterizedTest
    @CsvSource({
        "dist/shop, dist/shop/a.yaml, true",
        "./dist/shop/, dist/shop/a.yaml, true",
        "/dist/shop, dist/shop/a.yaml, true",
        "dist/x/../shop, dist/shop/a.yaml, true",
        "dist/shop, a.yaml, false",
        "dist/shop, dist/workshop/a.yaml, false",
        "dist, dist/shop/a.yaml, false",
        "dist/shop, /home/me/platform/dist/shop/a.yaml, true",
        "dist/shop, shop/a.yaml, true",
        "., a.yaml, false",
        "\"\\0\", a.yaml, false"
    })
    void a_folder_may_be_read_from_anywhere_in_the_repository(String path, String file, boolean applies) {
        assertThat(applied(application("shop", path), file)).isEqualTo(applies ? List.of(file) : List.of());
    }

    @Test
    void a_folder_of_the_same_name_elsewhere_is_another_one_where_both_are_read() {
        assertThat(applied(application("shop", "prod/shop"), "prod/shop/a.yaml", "test/prod/shop/a.yaml"))
                .containsExactly("prod/shop/a.yaml");
    }

    @Test
    void a_set_applies_what_its_template_names() {
        String set = """
            apiVersion: argoproj.io/v1alpha1
            kind: ApplicationSet
            metadata: {name: shops, namespace: argocd}
            spec:
              generators: [{clusters: {}}]
              template:
                metadata: {name: "shop-{{name}}"}
                spec:
                  sources: [{repoURL: https://git.example.com/shop.git, path: "{{name}}"}, {repoURL: https://git.example.com/shop.git, path: base}]
            """;

        assertThat(applied(set, "base/a.yaml", "seoul/a.yaml")).containsExactly("base/a.yaml");
    }

    private static String application(String name, String path) {
        return """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: %s, namespace: argocd}
            spec: {source: {repoURL: https://git.example.com/shop.git, path: %s}}
            """.formatted(name, path);
    }

    private static List<String> applied(String application, String... files) {
        ManifestReader reader = new ManifestReader().text("argocd/app.yaml", application);
        Arrays.stream(files)
                .forEach(file -> reader.text(
                        file, "{apiVersion: v1, kind: Namespace, metadata: {name: n%d}}".formatted(file.length())));
        Manifests manifests = reader.read().manifests();
        AppliedFolders folders = new AppliedFolders(manifests);
        return manifests.kind(Kind.NAMESPACE).stream()
                .filter(object -> folders.applied().anyMatch(each -> folders.apply(each, object)))
                .map(Manifest::place)
                .map(place -> place.file())
                .toList();
    }
}
