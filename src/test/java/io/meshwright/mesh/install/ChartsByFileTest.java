package io.meshwright.mesh.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Charts that helmfile or Kustomize installs, which no object in a cluster names. */
class ChartsByFileTest {
    private static final String HELMFILE = """
            repositories:
              - {name: istio, url: "https://istio-release.storage.googleapis.com/charts"}
              - {name: stock, url: "https://charts.example.org"}
            ---
            releases:
              - {name: istiod, namespace: istio-system, chart: istio/istiod, version: 1.27.1}
              - name: edge
                namespace: istio-ingress
                chart: istio/gateway
                version: 1.27.1
                values: [{labels: {istio: public}}]
              - {name: gone, namespace: istio-ingress, chart: istio/gateway, installed: false}
              - {name: db, namespace: data, chart: stock/postgresql, values: [values.yaml]}
              - {name: web, namespace: shop, chart: ./web}
              - {name: gateway, namespace: near, chart: gateway}
              - {name: unheard-of, namespace: far, chart: folder/gateway}
            """;

    private static Manifests read(String name, String text, String... more) {
        ManifestReader reader = new ManifestReader().text(name, text);
        for (int at = 0; at < more.length; at += 2) {
            reader.text(more[at], more[at + 1]);
        }
        return reader.read().manifests();
    }

    @Test
    void helmfile_installs_istios_charts_of_the_repositories_that_it_names() {
        Mesh mesh = Mesh.of(read("infra/helmfile.yaml", HELMFILE));

        assertThat(mesh.version()).hasToString("1.27.1");
        assertThat(mesh.pods().all().stream().filter(pod -> pod.proxy().isGateway()))
                .extracting(Pod::toString)
                .containsExactly("istio-ingress/edge");
        assertThat(mesh.pods().all().stream().filter(pod -> pod.proxy().isGateway()))
                .allSatisfy(pod -> assertThat(pod.labels()).containsEntry("istio", "public"));
    }

    @Test
    void charts_of_helmfile_may_make_services_in_their_namespaces() {
        OtherCharts charts =
                Mesh.of(read("infra/helmfile.d/10-all.yaml", HELMFILE)).otherCharts();

        assertThat(charts.within("data")).isPresent();
        assertThat(charts.within("istio-ingress")).isEmpty();
        assertThat(charts.within("far")).isEmpty();
    }

    @Test
    void a_list_of_releases_in_another_file_is_no_helmfile() {
        assertThat(read("infra/releases.yaml", HELMFILE).all()).isEmpty();
    }

    @Test
    void templates_of_a_chart_in_a_folder_go_where_helmfile_and_argo_cd_install_it() {
        String web = "{apiVersion: v1, kind: Service, metadata: {name: web}}";
        String own = "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: own}}";
        String application = """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: shop, namespace: argocd}
                spec: {source: {path: charts/shop}, destination: {namespace: sold}}
                """;

        assertThat(homes(read("infra/helmfile.yaml", HELMFILE, "infra/web/templates/web.yaml", web)))
                .containsExactly("shop");
        assertThat(homes(read("infra/helmfile.yaml", HELMFILE, "infra/web/templates/web.yaml", own)))
                .containsExactly("own");
        assertThat(homes(read("infra/helmfile.yaml", HELMFILE, "other/web/templates/web.yaml", web)))
                .containsExactly("default");
        assertThat(homes(read("apps/shop.yaml", application, "charts/shop/templates/web/web.yaml", web)))
                .containsExactly("sold");
        assertThat(homes(read("apps/shop.yaml", application, "charts/shop/samples/web.yaml", web)))
                .containsExactly("default");
    }

    private static List<String> homes(Manifests manifests) {
        return manifests.kind(Kind.SERVICE).stream().map(Manifest::home).toList();
    }

    @Test
    void kustomize_lets_helm_render_charts_into_its_namespace() {
        Mesh mesh = Mesh.of(read("edge/kustomization.yaml", """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: istio-ingress
                helmCharts:
                  - name: gateway
                    repo: https://istio-release.storage.googleapis.com/charts
                    version: 1.27.1
                    releaseName: edge
                    namespace: default
                    valuesInline: {service: {ports: [{name: http, port: 8080}]}}
                  - {name: redis, repo: "https://charts.example.org", releaseName: cache}
                """));

        assertThat(mesh.pods().all().stream().filter(pod -> pod.proxy().isGateway()))
                .extracting(Pod::toString)
                .containsExactly("istio-ingress/edge");
        assertThat(mesh.services()
                        .kubernetes("istio-ingress", "edge")
                        .orElseThrow()
                        .ports())
                .hasSize(1);
        assertThat(mesh.otherCharts().within("istio-ingress")).isPresent();
        assertThat(mesh.otherCharts().within("default")).isEmpty();
    }

    @Test
    void values_of_files_beside_count_and_a_gateway_without_them_is_not_known() {
        String helmfile = """
                repositories: [{name: istio, url: "https://istio-release.storage.googleapis.com/charts"}]
                releases:
                  - {name: edge, namespace: istio-ingress, chart: istio/gateway, values: [values/edge.yaml, {labels: {team: web}}]}
                """;
        String kustomization = """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: istio-ingress
                helmCharts:
                  - name: gateway
                    repo: https://istio-release.storage.googleapis.com/charts
                    releaseName: edge
                    valuesFile: values/edge.yaml
                    valuesInline: {labels: {team: web}}
                """;
        String values = "{labels: {team: none, istio: public}, service: {ports: [{name: http, port: 9080}]}}";

        assertThat(gateways(read("a/helmfile.yaml", helmfile))).isEmpty();
        assertThat(gateways(read("a/kustomization.yaml", kustomization))).isEmpty();
        assertThat(gateways(read("a/helmfile.yaml", helmfile, "a/values/edge.yaml", values)))
                .singleElement()
                .satisfies(pod ->
                        assertThat(pod.labels()).containsEntry("team", "web").containsEntry("istio", "public"));
        assertThat(gateways(read("a/kustomization.yaml", kustomization, "a/values/edge.yaml", values)))
                .singleElement()
                .satisfies(pod ->
                        assertThat(pod.labels()).containsEntry("team", "web").containsEntry("istio", "public"));
        assertThat(Mesh.of(read("a/helmfile.yaml", helmfile, "a/values/edge.yaml", values))
                        .services()
                        .kubernetes("istio-ingress", "edge")
                        .orElseThrow()
                        .port(9080))
                .isPresent();
    }

    private static List<Pod> gateways(Manifests manifests) {
        return Mesh.of(manifests).pods().all().stream()
                .filter(pod -> pod.proxy().isGateway())
                .toList();
    }
}
