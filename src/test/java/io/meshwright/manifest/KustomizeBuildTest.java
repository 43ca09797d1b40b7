package io.meshwright.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KustomizeBuildTest {
    private static final String DEPLOYMENT = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {run: web}}
          template:
            metadata: {labels: {run: web}}
            spec:
              serviceAccountName: web
              containers: [{name: main, image: web, ports: [{containerPort: 8080}]}, {name: side, image: side}]
        """;
    private static final String SERVICE =
            "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {run: web}, ports: [{port: 80}]}}";
    private static final String ACCOUNT = "{apiVersion: v1, kind: ServiceAccount, metadata: {name: web}}";
    private static final Kind DEPLOYMENTS = new Kind("apps", "Deployment");

    @TempDir
    private Path folder;

    private void write(String file, String text) {
        try {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void base() {
        write("base/deployment.yaml", DEPLOYMENT);
        write("base/service.yaml", SERVICE);
        write("base/account.yaml", ACCOUNT);
        write("base/kustomization.yaml", "resources: [deployment.yaml, service.yaml, account.yaml]\n");
    }

    private Manifests read() {
        return new ManifestReader().path(folder).read().manifests();
    }

    private Manifest only(Kind kind) {
        List<Manifest> found = read().kind(kind);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void gives_names_namespaces_and_labels_and_follows_them() {
        base();
        write("top/kustomization.yaml", """
            namespace: shop
            namePrefix: my-
            nameSuffix: -v1
            commonAnnotations: {owner: us}
            labels:
              - {pairs: {app: shop}, includeSelectors: true}
              - {pairs: {tier: front}, includeTemplates: true}
              - {pairs: {only: here}}
            resources: [../base, extra.yaml]
            """);
        write("top/extra.yaml", """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web}
            spec: {hosts: [my-web-v1], http: [{route: [{destination: {host: web}}]}]}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: any}}
            ---
            {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: reads}}
            """);

        Manifest deployment = only(DEPLOYMENTS);
        assertThat(deployment).hasToString("Deployment shop/my-web-v1");
        assertThat(deployment.at("/spec/template/spec/serviceAccountName").asText())
                .isEqualTo("my-web-v1");
        assertThat(Fields.strings(deployment.at("/spec/selector/matchLabels"))).containsOnlyKeys("run", "app");
        assertThat(Fields.strings(deployment.at("/spec/template/metadata/labels")))
                .containsOnlyKeys("run", "app", "tier");
        assertThat(deployment.labels()).containsOnlyKeys("app", "tier", "only");
        assertThat(deployment.at("/spec/template/metadata/annotations/owner").asText())
                .isEqualTo("us");
        assertThat(Fields.strings(only(Kind.SERVICE).at("/spec/selector"))).containsOnlyKeys("run", "app");
        assertThat(only(Kind.SERVICE_ACCOUNT)).hasToString("ServiceAccount shop/my-web-v1");
        assertThat(only(Kind.SERVICE_ACCOUNT).body().has("spec")).isFalse();
        assertThat(only(Kind.VIRTUAL_SERVICE)
                        .at("/spec/http/0/route/0/destination/host")
                        .asText())
                .isEqualTo("web");
        assertThat(only(new Kind("", "Namespace")).name()).isEqualTo("shop");
        assertThat(only(new Kind("rbac.authorization.k8s.io", "ClusterRole")).namespace())
                .isEmpty();
    }

    @Test
    void merges_patches_of_files_and_in_place() {
        base();
        write("top/kustomization.yaml", """
            resources: [../base]
            patchesStrategicMerge: [more.yaml]
            patches:
              - patch: |-
                  - {op: replace, path: /spec/ports/0/port, value: 81}
                  - {op: add, path: /metadata/labels, value: {a: b}}
                target: {kind: Service, name: w.*}
              - path: gone.yaml
            """);
        write("top/more.yaml", """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 3
              template:
                spec:
                  serviceAccountName: null
                  containers:
                    - {name: side, $patch: delete}
                    - {name: main, ports: [{containerPort: 9090}]}
                    - {name: new, image: new}
            """);
        write("top/gone.yaml", "{apiVersion: v1, kind: ServiceAccount, metadata: {name: web}, $patch: delete}\n");

        Manifest deployment = only(DEPLOYMENTS);
        assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(3);
        assertThat(deployment.at("/spec/template/spec").has("serviceAccountName"))
                .isFalse();
        assertThat(Fields.items(deployment.at("/spec/template/spec/containers")))
                .extracting(container -> container.path("name").asText())
                .containsExactly("main", "new");
        assertThat(deployment.at("/spec/template/spec/containers/0/ports")).hasSize(2);
        assertThat(only(Kind.SERVICE).at("/spec/ports/0/port").asInt()).isEqualTo(81);
        assertThat(only(Kind.SERVICE).labels()).containsEntry("a", "b");
        assertThat(read().kind(Kind.SERVICE_ACCOUNT)).isEmpty();
    }

    @Test
    void a_directive_alone_in_a_list_replaces_the_list() {
        base();
        write("top/kustomization.yaml", "{resources: [../base], patches: [{path: more.yaml}]}\n");
        write("top/more.yaml", """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec: {template: {spec: {containers: [{name: main, ports: [{$patch: replace}, {containerPort: 9090}]}]}}}
            """);

        assertThat(only(DEPLOYMENTS)
                        .at("/spec/template/spec/containers/0/ports")
                        .toString())
                .isEqualTo("[{\"containerPort\":9090}]");
    }

    @Test
    void a_component_changes_what_its_user_reads_and_overlays_keep_apart() {
        base();
        write("component/kustomization.yaml", """
            apiVersion: kustomize.config.k8s.io/v1alpha1
            kind: Component
            commonLabels: {with: component}
            """);
        write("dev/kustomization.yaml", "{namespace: dev, resources: [../base], components: [../component]}\n");
        write("prod/kustomization.yaml", "{namespace: prod, resources: [../base]}\n");

        assertThat(read().kind(DEPLOYMENTS))
                .extracting(Manifest::toString)
                .containsExactly("Deployment dev/web", "Deployment prod/web");
        assertThat(read().kind(DEPLOYMENTS).get(0).labels()).containsEntry("with", "component");
        assertThat(read().kind(DEPLOYMENTS).get(1).labels()).isEmpty();
    }

    @Test
    void what_no_kustomization_reads_stays_and_a_circle_ends() {
        write("a/kustomization.yaml", "{resources: [../b], namespace: shop}\n");
        write("b/kustomization.yaml", "{resources: [../a, service.yaml]}\n");
        write("b/service.yaml", SERVICE);
        write("c/service.yaml", SERVICE.replace("name: web", "name: other"));

        assertThat(read().kind(Kind.SERVICE)).extracting(Manifest::name).contains("other");
    }

    @Test
    void a_changed_object_keeps_its_place() {
        base();
        write("top/kustomization.yaml", "{resources: [../base], namePrefix: my-}\n");

        assertThat(only(DEPLOYMENTS).place().file()).endsWith("base/deployment.yaml");
        assertThat(only(DEPLOYMENTS).place("/metadata/name").line()).isEqualTo(3);
    }

    @Test
    void replaces_values_by_those_of_other_objects() {
        base();
        write("top/kustomization.yaml", """
            namePrefix: my-
            resources: [../base, route.yaml]
            configMapGenerator:
              - {name: settings, literals: [host=shop.example.org, "port=8080"]}
            replacements:
              - source: {kind: Service, name: web}
                targets:
                  - select: {kind: VirtualService}
                    fieldPaths:
                      - spec.http.*.route.[weight=100].destination.host
                      - metadata.annotations.example\\.org/service
                    options: {create: true}
              - source: {kind: ConfigMap, name: settings, fieldPath: data.host}
                targets:
                  - {select: {group: networking.istio.io, name: my-r.*}, fieldPaths: [spec.hosts.0]}
              - path: port.yaml
            """);
        write("top/port.yaml", """
            - source: {kind: ConfigMap, name: settings, fieldPath: data.port}
              targets:
                - select: {kind: Service}
                  reject: [{name: other}]
                  fieldPaths: [spec.ports.0.port]
                - select: {kind: Deployment}
                  fieldPaths: ["spec.template.spec.containers.[name=main].image"]
                  options: {delimiter: ":", index: 1}
            """);
        write("top/route.yaml", """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: route}
            spec:
              hosts: [HOST]
              http: [{route: [{destination: {host: HERE}, weight: 100}, {destination: {host: there}, weight: 0}]}]
            """);

        Manifest route = only(Kind.VIRTUAL_SERVICE);
        assertThat(route.texts("/spec/hosts")).containsExactly("shop.example.org");
        assertThat(route.at("/spec/http/0/route/0/destination/host").asText()).isEqualTo("my-web");
        assertThat(route.at("/spec/http/0/route/1/destination/host").asText()).isEqualTo("there");
        assertThat(route.annotations()).containsEntry("example.org/service", "my-web");
        assertThat(only(Kind.SERVICE).at("/spec/ports/0/port").isNumber()).isTrue();
        assertThat(only(Kind.SERVICE).at("/spec/ports/0/port").asInt()).isEqualTo(8080);
        assertThat(only(DEPLOYMENTS)
                        .at("/spec/template/spec/containers/0/image")
                        .asText())
                .isEqualTo("web:8080");
    }

    @Test
    void writes_a_replacement_only_into_objects_with_the_labels_that_it_selects() {
        write("top/kustomization.yaml", """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources: [maps.yaml]
            replacements:
              - source: {kind: ConfigMap, name: source, fieldPath: data.host}
                targets: [{select: {kind: ConfigMap, labelSelector: team=shop}, fieldPaths: [data.host]}]
            """);
        write("top/maps.yaml", """
            {apiVersion: v1, kind: ConfigMap, metadata: {name: source}, data: {host: new}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: meant, labels: {team: shop}}, data: {host: old}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: other}, data: {host: old}}
            """);

        assertThat(read().kind(Kind.CONFIG_MAP))
                .extracting(map ->
                        "%s %s".formatted(map.name(), map.at("/data/host").asText()))
                .containsExactlyInAnyOrder("source new", "meant new", "other old");
    }

    @Test
    void tells_which_replacements_it_could_not_make() {
        base();
        write("top/kustomization.yaml", """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources: [../base]
            replacements:
              - source: {kind: Service, name: web}
                targets: [{select: {kind: Deployment}, fieldPaths: [spec.template.spec.serviceAccountName]}]
              - source: {kind: ConfigMap, name: of-a-file, fieldPath: data.host}
                targets: [{select: {kind: Deployment}, fieldPaths: [metadata.name]}]
            """);

        Manifest top = read().kind(new Kind("kustomize.config.k8s.io", "Kustomization")).stream()
                .filter(each -> each.place().file().contains("top/"))
                .findFirst()
                .orElseThrow();
        assertThat(Fields.items(top.body().path("replacements")))
                .extracting(left -> left.at("/source/name").asText())
                .containsExactly("of-a-file");
    }

    private static final Kind FLUX = Kind.FLUX_KUSTOMIZATION;

    private static String flux(String name, String path, String rest) {
        return "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: %s, namespace:"
                        .formatted(name)
                + " flux-system, labels: {kept: \"false\"}}, spec: {path: %s%s}}\n".formatted(path, rest);
    }

    @Test
    void a_patch_for_all_without_a_label_reaches_those_that_lack_it() {
        write("apps/kustomization.yaml", """
            resources: [ks.yaml, other.yaml]
            patches:
              - target: {kind: Kustomization, group: kustomize.toolkit.fluxcd.io, labelSelector: "own notin (true, yes),kept"}
                patch: "[{op: add, path: /spec/targetNamespace, value: shop}]"
            """);
        write("apps/ks.yaml", flux("web", "./apps/web/app", ""));
        write("apps/other.yaml", flux("other", "./apps/other/app", "").replace("kept", "own: \"true\", kept"));

        assertThat(read().kind(FLUX))
                .extracting(object -> object.at("/spec/targetNamespace").asText("none"))
                .containsExactlyInAnyOrder("shop", "none");
    }

    @Test
    void flux_puts_all_that_a_kustomization_applies_into_its_namespace() {
        base();
        write("base/binding.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: web}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects: [{kind: ServiceAccount, name: web, namespace: other}]
            """);
        write("base/kustomization.yaml", "resources: [deployment.yaml, service.yaml, account.yaml, binding.yaml]\n");
        write("plain/below/service.yaml", SERVICE.replace("name: web", "name: plain, namespace: other"));
        write("beside/service.yaml", SERVICE.replace("name: web", "name: beside"));
        write("ks.yaml", """
            %s---
            %s---
            %s---
            %s""".formatted(
                        flux("base", "./base", ", targetNamespace: shop"),
                        flux("plain", "plain", ", targetNamespace: far"),
                        flux("twice", "./beside", ", targetNamespace: one"),
                        flux("again", "./beside", ", targetNamespace: two")));

        assertThat(only(DEPLOYMENTS).home()).isEqualTo("shop");
        assertThat(read().kind(Kind.SERVICE))
                .extracting(Manifest::toString)
                .containsExactlyInAnyOrder("Service shop/web", "Service far/plain", "Service beside");
        assertThat(only(new Kind("rbac.authorization.k8s.io", "ClusterRoleBinding"))
                        .at("/subjects/0/namespace")
                        .asText())
                .isEqualTo("shop");
        assertThat(only(new Kind("rbac.authorization.k8s.io", "ClusterRoleBinding"))
                        .namespace())
                .isEmpty();
    }

    @Test
    void argo_cd_puts_what_names_no_namespace_into_that_of_its_application() {
        write("apps/web/web.yaml", SERVICE);
        write("apps/web/own.yaml", SERVICE.replace("name: web", "name: own, namespace: other"));
        write("apps/web/below/web.yaml", SERVICE.replace("name: web", "name: below"));
        write("argo/web.yaml", """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: web, namespace: argocd}
            spec: {source: {path: apps/web}, destination: {namespace: shop}}
            """);

        assertThat(read().kind(Kind.SERVICE))
                .extracting(Manifest::toString)
                .containsExactlyInAnyOrder("Service shop/web", "Service other/own", "Service below");
    }

    @Test
    void values_of_a_release_come_from_files_of_generators_below_its_own() {
        write("app/kustomization.yaml", """
            resources: [release.yaml]
            configMapGenerator:
              - {name: first, files: [values.yaml=one.yaml]}
              - {name: second, files: [more.yaml]}
            """);
        write("app/one.yaml", "meshConfig: {a: 1, b: 1, c: 1}\nprofile: ambient\n");
        write("app/more.yaml", "meshConfig: {b: 2, c: 2}\n");
        write("app/release.yaml", """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: istiod}
            spec:
              valuesFrom:
                - {kind: Secret, name: hidden}
                - {kind: ConfigMap, name: first}
                - {kind: ConfigMap, name: second, valuesKey: more.yaml}
              values: {meshConfig: {c: 3}}
            """);

        Manifest release = only(Kind.FLUX_RELEASE);

        assertThat(release.at("/spec/values")).hasToString("""
            {"meshConfig":{"c":3,"b":2,"a":1},"profile":"ambient"}""");
        assertThat(release.at("/spec/valuesFrom")).hasSize(1);
    }
}
