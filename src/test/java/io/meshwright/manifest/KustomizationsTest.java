package io.meshwright.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.Unreadable.Flaw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KustomizationsTest {
    private static final String DEPLOYMENT = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}}\n";

    @TempDir
    Path folder;

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Reading read() {
        return new ManifestReader().path(folder).read();
    }

    @Test
    void a_patch_of_a_kustomization_is_no_object_and_is_noted_once() throws IOException {
        file("base/web.yaml", DEPLOYMENT);
        file("overlay/kustomization.yaml", "resources: [../base]\npatches: [{path: patches/web.yaml}]\n");
        file("overlay/patches/web.yaml", "%s---\n%s---\n[".formatted(DEPLOYMENT, DEPLOYMENT));

        assertThat(read().manifests().kind(Kind.DEPLOYMENT)).hasSize(1);
        assertThat(read().unreadable()).extracting(Unreadable::flaw).containsExactly(Flaw.FOREIGN);
        assertThat(read().unreadable().get(0).place().file()).endsWith("overlay/patches/web.yaml");
    }

    @Test
    void patches_of_every_list_and_files_of_generators_are_found() throws IOException {
        file("kustomization.yml", """
        apiVersion: kustomize.config.k8s.io/v1alpha1
        kind: Component
        patchesStrategicMerge: [a.yaml, "$patch: delete\\nkind: X\\n"]
        patchesJson6902: [{path: b.yaml, target: {kind: Deployment}}]
        replacements: [{path: c.yaml}]
        configMapGenerator: [{name: files, files: [d.yaml, key=e.yaml]}]
        """);
        for (String name : new String[] {"a", "b", "c", "d", "e", "kept"}) {
            file("%s.yaml".formatted(name), DEPLOYMENT);
        }

        assertThat(read().manifests().kind(Kind.DEPLOYMENT))
                .extracting(manifest -> manifest.place().file())
                .allMatch(file -> file.endsWith("kept.yaml"))
                .hasSize(1);
    }

    @Test
    void a_patch_that_is_listed_nowhere_is_applied_by_nobody_but_a_resource_of_such_a_name_is() throws IOException {
        file("base/kustomization.yaml", "resources: [dispatch.yaml, patch-panel.yaml]\n");
        file("base/patches/idle.yaml", DEPLOYMENT);
        file("base/idle_patch.yaml", DEPLOYMENT);
        file("base/patch-panel.yaml", DEPLOYMENT);
        file("far/other_patch.yaml", DEPLOYMENT);

        assertThat(read().manifests().kind(Kind.DEPLOYMENT))
                .extracting(manifest -> manifest.place().file())
                .allMatch(file -> file.endsWith("patch-panel.yaml") || file.endsWith("other_patch.yaml"))
                .hasSize(2);
    }

    @Test
    void a_kustomization_is_known_by_its_file_where_its_version_is_misspelt_or_it_is_a_template() throws IOException {
        file("one/kustomization.yaml", "apiversion: x\nkind: Kustomization\npatchesStrategicMerge: [web.yaml]\n");
        file("two/kustomization.template.yaml", "resources: [../base]\n# patches: [{path: web_patch.yaml}]\n");
        file("one/web.yaml", DEPLOYMENT);
        file("two/web_patch.yaml", DEPLOYMENT);
        file("two/web.yaml", DEPLOYMENT);

        assertThat(read().manifests().kind(Kind.DEPLOYMENT))
                .extracting(manifest -> manifest.place().file())
                .allMatch(file -> file.endsWith("two/web.yaml"))
                .hasSize(1);
    }

    @Test
    void a_folder_of_patches_is_one_whoever_reads_it() throws IOException {
        file("kustomization.yaml", "resources: [kept/patches/web.yaml]\n");
        file("kind/patches/kube-apiserver.yaml", "{apiVersion: v1, kind: Pod, metadata: {name: kube-apiserver}}\n");
        file("kept/patches/web.yaml", DEPLOYMENT);

        assertThat(read().manifests().kind(Kind.POD)).isEmpty();
        assertThat(read().manifests().kind(Kind.DEPLOYMENT)).hasSize(1);
    }

    @Test
    void a_template_is_noted_once_for_its_file() {
        assertThat(ManifestReader.of("web.yaml", "{{ a }}: {{ b }}\n---\n{{ c }}: {{ d }}\n---\na: [\n")
                        .unreadable())
                .extracting(Unreadable::flaw)
                .containsExactly(Flaw.TEMPLATE, Flaw.SYNTAX);
    }

    @Test
    void a_directive_of_a_patch_shows_that_it_is_none_of_the_objects() {
        Reading reading =
                ManifestReader.of("x.yaml", "%s$patch: delete\n".formatted("kind: Namespace\napiVersion: v1\n"));

        assertThat(reading.manifests().all()).isEmpty();
        assertThat(reading.unreadable()).extracting(Unreadable::flaw).containsExactly(Flaw.FOREIGN);
    }

    @Test
    void templates_and_settings_of_other_programs_are_no_broken_objects() {
        assertThat(flaw("web.yaml", "{% if x %}\nkind: Pod\n")).isEqualTo(Flaw.TEMPLATE);
        assertThat(flaw("web.yaml", "kind: Pod\nspec:\n  {{- toYaml .Values }}\n"))
                .isEqualTo(Flaw.TEMPLATE);
        assertThat(flaw("web.yaml", "spec:\n  image: {user}/web\n")).isEqualTo(Flaw.TEMPLATE);
        assertThat(flaw("web.yaml", "spec:\n  args:\n    - --zone\n    ${urls}\n  image: web\n"))
                .isEqualTo(Flaw.TEMPLATE);
        assertThat(flaw("web.yaml", "a: b\n__ANNOTATIONS__\nc: d\n")).isEqualTo(Flaw.TEMPLATE);
        assertThat(flaw("web.yaml", "a: {b: c} d\n")).isEqualTo(Flaw.SYNTAX);
        assertThat(flaw("web.yaml", "a: b\n__init__.py\nc: d\n")).isEqualTo(Flaw.SYNTAX);
        assertThat(flaw("hosts.yml", "[nodes]\nnode-1 ansible_host=192.0.2.1\nnode-2\n"))
                .isEqualTo(Flaw.FOREIGN);
        assertThat(flaw("profile.yaml", "apiVersion: sailoperator.io/v1\nkind: Istio\nspec: {}\n"))
                .isEqualTo(Flaw.FOREIGN);
        assertThat(flaw("tsconfig.json", "{\n  // strict\n  \"a\": 1\n}")).isEqualTo(Flaw.FOREIGN);
        assertThat(flaw("pod.json", "{\n  // strict\n  \"apiVersion\": 1\n}")).isEqualTo(Flaw.SYNTAX);
        assertThat(flaw("zarf.yaml", "kind: ZarfPackageConfig\nmetadata: {name: a}\ncomponents: []\n"))
                .isEqualTo(Flaw.FOREIGN);
        assertThat(flaw("pod.yaml", "kind: Service\nmetadata: {name: a}\nspec: {}\n"))
                .isEqualTo(Flaw.INCOMPLETE);
    }

    private static Flaw flaw(String name, String text) {
        return ManifestReader.of(name, text).unreadable().get(0).flaw();
    }

    @Test
    void a_component_in_a_folder_of_patches_is_a_kustomization() throws IOException {
        file("kustomization.yaml", "resources: [web.yaml]\ncomponents: [patches]\n");
        file("web.yaml", DEPLOYMENT);
        file("patches/kustomization.yaml", """
        apiVersion: kustomize.config.k8s.io/v1alpha1
        kind: Component
        patches: [{path: replicas.yaml, target: {kind: Deployment}}]
        """);
        file("patches/replicas.yaml", "[{op: add, path: /spec, value: {replicas: 3}}]\n");

        assertThat(read().manifests().kind(Kind.DEPLOYMENT))
                .extracting(manifest -> manifest.at("/spec/replicas").asInt())
                .containsExactly(3);
    }

    @Test
    void a_template_of_ytt_is_no_broken_object_and_a_comment_is_no_template() {
        String overlay = """
        #@ load("@ytt:overlay", "overlay")
        #@overlay/match by=overlay.subset({"kind": "Deployment"})
        ---
        metadata:
          #@overlay/replace
          name: web
        spec:
          template:
            spec: {containers: [{name: web}]}
        """;
        String template = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: #@ data.values.name
        """;
        String plain = "# see #@home for more\n".concat(DEPLOYMENT);

        assertThat(ManifestReader.of("a.yaml", overlay).unreadable())
                .extracting(Unreadable::flaw)
                .containsOnly(Flaw.TEMPLATE);
        assertThat(ManifestReader.of("a.yaml", template).unreadable())
                .extracting(Unreadable::flaw)
                .containsExactly(Flaw.TEMPLATE);
        assertThat(ManifestReader.of("a.yaml", plain).unreadable()).isEmpty();
    }
}
