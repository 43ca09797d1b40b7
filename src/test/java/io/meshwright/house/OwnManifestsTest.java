package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests of a team's own join the platform, as far as Argo CD's project lets them. */
class OwnManifestsTest {
    @TempDir
    Path home;

    @BeforeEach
    void has_an_environment() throws IOException {
        Files.createDirectories(home.resolve("environments/own/extras/deep"));
        write(
                "environments/shop.yaml",
                Files.readString(Path.of("test/resources/agreement/base.yaml"))
                        + "manifests: [{path: own/extras, kinds: [networking.k8s.io/Ingress, scheduling.k8s.io/PriorityClass]}]\n");
        write("environments/own/extras/limits.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: terms, namespace: shop}
                data: {terms.txt: none}
                ---
                apiVersion: scheduling.k8s.io/v1
                kind: PriorityClass
                metadata: {name: shop-first}
                value: 1000
                """);
        write("environments/own/extras/deep/ingress.yaml", """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: old, namespace: shop}
                spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
                """);
    }

    @Test
    void are_a_stack_that_is_delivered_listed_and_rendered_again_when_one_changes() throws IOException {
        Fixtures.Run run = Fixtures.synth(home);

        assertThat(run).as(run.printed()).matches(ended -> ended.code() == 0);
        Path dist = home.resolve("dist/shop");
        assertThat(dist.resolve("extras/ingress.shop.old.yaml")).content().contains("number: 80");
        assertThat(dist.resolve("extras/priorityclass.shop-first.yaml"))
                .content()
                .contains("value: 1000");
        assertThat(dist.resolve("inventory.json")).content().contains("extras/configmap.shop.terms.yaml");
        assertThat(dist.resolve("argocd/application.argocd.extras.yaml"))
                .content()
                .contains("path: dist/shop/extras");
        assertThat(dist.resolve("argocd/appproject.argocd.shop.yaml"))
                .content()
                .contains("kind: Ingress", "kind: PriorityClass");

        write("environments/own/extras/new.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: new, namespace: shop}
                """);
        Fixtures.Run second = Fixtures.synth(home);

        assertThat(second.code()).as(second.printed()).isZero();
        assertThat(dist.resolve("extras/configmap.shop.new.yaml")).exists();
    }

    @Test
    void are_refused_where_argo_cd_would_refuse_them_or_nobody_should_write_them() throws IOException {
        write("environments/own/extras/bad.yaml", """
                apiVersion: v1
                kind: Secret
                metadata: {name: key, namespace: shop}
                stringData: {key: hunter2}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: far, namespace: elsewhere}
                ---
                apiVersion: coordination.k8s.io/v1
                kind: LeaseCandidate
                metadata: {name: once, namespace: shop}
                ---
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: more, namespace: shop}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: nowhere}
                """);
        Fixtures.Run run = Fixtures.synth(home);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.printed())
                .contains(
                        "Secret shop/key (%s/environments/own/extras/bad.yaml:1) has its values in the repository"
                                .formatted(home),
                        "ConfigMap elsewhere/far",
                        "is for a namespace that Argo CD's project does not admit; add it to namespaces, or use one of",
                        "LeaseCandidate shop/once",
                        "is of a kind that Argo CD's project does not admit; write {path: own/extras, "
                                + "kinds: [coordination.k8s.io/LeaseCandidate]}",
                        "Application shop/more",
                        "would decide what Argo CD delivers",
                        "ConfigMap nowhere",
                        "names no namespace; add metadata.namespace")
                .doesNotContain("hunter2")
                .containsPattern("shop\\.yaml:\\d+:\\d+ manifests\\[0\\]: ");
        assertThat(home.resolve("dist")).doesNotExist();
    }

    @Test
    void may_not_speak_to_argo_cd_where_flux_delivers() throws IOException {
        Path file = home.resolve("environments/shop.yaml");
        Files.writeString(file, Files.readString(file).replace("delivery: {", "delivery: {type: flux, "));
        assertThat(Fixtures.synth(home)).matches(ended -> ended.code() == 0);
        assertThat(home.resolve("dist/shop/flux/kustomization.flux-system.extras.yaml"))
                .content()
                .contains("path: ./dist/shop/extras", "prune: true");

        write("environments/own/extras/hooked.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: hooked, namespace: shop, annotations: {argocd.argoproj.io/hook: PreSync}}
                data: {terms.txt: none}
                """);
        Fixtures.Run run = Fixtures.synth(home);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.printed())
                .contains("ConfigMap shop/hooked")
                .contains("has annotations of Argo CD, which does not deliver this environment; remove them; what must"
                        + " come first is a folder of its own");
    }

    @Test
    void are_refused_where_they_are_none() throws IOException {
        write(
                "environments/own/extras/bad.yaml",
                "kind: Kustomization\n---\n- a\n---\napiVersion: v1\nkind: Pod\nmode: 0644\n");
        Fixtures.Run run = Fixtures.synth(home);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.printed())
                .contains(
                        "bad.yaml:1:1 apiVersion: is missing; add it",
                        "bad.yaml:1:1 metadata.name: is missing; write what kustomize build prints",
                        "bad.yaml:3:1: is a list; write one object of Kubernetes",
                        "bad.yaml:7:7 mode: \"0644\" is not a plain whole number");
    }

    @Test
    void may_not_be_what_the_platform_makes_nor_have_the_name_of_another_stack() throws IOException {
        write("environments/own/extras/web.yaml", """
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: shop}
                spec: {ports: [{name: http, port: 80}]}
                """);
        Fixtures.Run twice = Fixtures.synth(home);

        assertThat(twice.code()).as(twice.printed()).isEqualTo(2);
        assertThat(twice.printed())
                .contains("Service shop/web", "is made from this file too, and whichever is applied last would win");

        Files.move(home.resolve("environments/own/extras"), home.resolve("environments/own/services"));
        Path file = home.resolve("environments/shop.yaml");
        Files.writeString(file, Files.readString(file).replace("own/extras", "own/services"));
        Fixtures.Run named = Fixtures.synth(home);

        assertThat(named.code()).isEqualTo(2);
        assertThat(named.printed()).contains("manifests[0]: \"services\" is the name of another stack;");
    }

    private void write(String path, String text) throws IOException {
        Files.writeString(home.resolve(path), text);
    }
}
