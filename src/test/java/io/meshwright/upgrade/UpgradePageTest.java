package io.meshwright.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.value.Version;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpgradePageTest {
    private static final String MANIFESTS = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop, labels: {istio-injection: enabled}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web:1}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: web, namespace: shop}
        spec:
          hosts: [web]
          http:
            - {name: silent, match: [{uri: {prefix: /a}}], route: [{destination: {host: web}}]}
            - {name: explicit, retries: {attempts: 0}, route: [{destination: {host: web}}]}
        ---
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: bank, namespace: shop}
        spec: {hosts: [bank.example.org], resolution: DNS, ports: [{name: tls, number: 443, protocol: TLS}]}
        ---
        apiVersion: security.istio.io/v1
        kind: AuthorizationPolicy
        metadata: {name: dotted, namespace: shop}
        spec: {rules: [{from: [{source: {namespaces: [a.b]}}]}]}
        ---
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata: {name: api, namespace: shop}
        spec:
          selector: {matchLabels: {app: api}}
          template:
            metadata: {labels: {app: api}}
            spec: {containers: [{name: api, image: api:1}]}
        """;

    @Test
    void leads_from_1_23_to_a_supported_release_step_by_step() {
        assertThat(page("1.30", "1.23.4").lines())
                .filteredOn(line -> line.startsWith("## "))
                .containsExactly(
                        "## How each step goes",
                        "## 1. Istio 1.23.4 → 1.25.5",
                        "## 2. Istio 1.25.5 → 1.26.8",
                        "## 3. Istio 1.26.8 → 1.28.10",
                        "## 4. Istio 1.28.10 → 1.30.5",
                        "## 5. Istio 1.30.5 → 1.31.1");
    }

    @Test
    void names_the_published_faults_and_up_to_where_they_were_read() {
        assertThat(page("1.30", "1.23.4"))
                .contains("Istio 1.23.4 has the published security faults of ISTIO-SECURITY-2026-006 (2026-08-26);"
                        + " bulletins were read up to ISTIO-SECURITY-2026-006, and those after");
        assertThat(page("1.33", "1.30.5"))
                .contains("No published security fault of Istio 1.30.5 is known here: bulletins were read up to"
                        + " ISTIO-SECURITY-2026-006; ISTIO-SECURITY-2026-007 came after and was not, so look whether it"
                        + " names this release.");
    }

    @Test
    void names_the_newest_patch_of_the_line_and_a_newer_minor_apart() {
        assertThat(page("1.33", "1.30.3"))
                .contains("The newest of 1.30 that is known here is 1.30.5; of newer minors 1.31.1 is known, which");
        assertThat(page("1.34", "1.31.0")).contains("The newest of 1.31 that is known here is 1.31.1.\n");
    }

    @Test
    void has_no_step_for_a_release_that_is_supported() {
        assertThat(page("1.33", "1.30.3")).contains("there is no step to make").doesNotContain("## ");
    }

    @Test
    void names_the_very_routes_that_leave_retries_to_istio() {
        assertThat(row(page("1.30", "1.23.4"), "says nothing about retries"))
                .contains("`shop/web route silent`")
                .doesNotContain("explicit");
    }

    @Test
    void names_entries_that_get_an_address_and_policies_whose_dots_become_dots() {
        assertThat(row(page("1.30", "1.23.4"), "without addresses")).contains("ServiceEntry `shop/bank`");
        assertThat(row(page("1.30", "1.23.4"), "A dot in a namespace")).contains("AuthorizationPolicy `shop/dotted`");
    }

    @Test
    void tells_only_changes_between_the_releases_of_a_step() {
        assertThat(page("1.32", "1.26.2"))
                .doesNotContain("says nothing about retries")
                .contains("A dot in a namespace");
    }

    @Test
    void moves_kubernetes_only_where_the_next_istio_needs_it() {
        assertThat(page("1.30", "1.23.4").lines())
                .filteredOn(line -> line.contains("First Kubernetes"))
                .singleElement()
                .asString()
                .contains("to 1.32")
                .contains("argo-cd 3.0.12 → 3.4.5");
        assertThat(page("1.32", "1.26.2")).doesNotContain("First Kubernetes");
    }

    @Test
    void tells_which_kiali_comes_with_each_step() {
        assertThat(page("1.30", "1.23.4"))
                .contains(
                        "kiali 2.4.21 → 2.5.0",
                        "kiali 2.5.0 → 2.9.0",
                        "kiali 2.9.0 → 2.17.12",
                        "kiali 2.17.12 → 2.30.0",
                        "kiali 2.30.0 → 2.31.0");
    }

    @Test
    void restarts_each_workload_by_the_one_who_replaces_its_pods() {
        assertThat(page("1.30", "1.23.4"))
                .contains(
                        "kubectl rollout restart deployment/web -n shop", "kubectl argo rollouts restart api -n shop");
    }

    @Test
    void writes_the_file_of_a_step_as_the_program_reads_it() {
        assertThat(page("1.32", "1.26.2"))
                .contains(
                        "  from: 1.26.2\n  tags: {stable: default, next: 1-28-10, ",
                        "  from: {version: 1.28.10, revision: 1-28-10}");
    }

    @Test
    void names_a_change_for_every_difference_that_the_mesh_knows_of() {
        List<Change> changes = Changes.between(Version.of("1.23.4"), Version.of("1.31.1"));

        assertThat(changes).extracting(Change::what).doesNotHaveDuplicates().hasSizeGreaterThan(20);
    }

    @Test
    void names_what_1_31_does_differently_and_the_objects_concerned() {
        String changed = """
            ---
            {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: public, namespace: edge}, spec: {
              gatewayClassName: istio, listeners: [{name: web, port: 80, protocol: HTTP}, {name: tls, port: 443, protocol: HTTPS}]}}
            ---
            {apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: theirs, namespace: shop}, spec: {
              selector: {gateway.networking.k8s.io/gateway-name: public}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}}
            ---
            {apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: ours, namespace: edge}, spec: {
              selector: {gateway.networking.k8s.io/gateway-name: public}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}}
            ---
            {apiVersion: gateway.networking.k8s.io/v1, kind: ListenerSet, metadata: {name: more, namespace: edge}, spec: {
              parentRef: {name: public}, listeners: [{name: a, port: 80, protocol: HTTP}]}}
            ---
            {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: empty, namespace: edge}, spec: {rules: [{}]}}
            ---
            {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: moved, namespace: edge}, spec: {
              rules: [{filters: [{type: RequestRedirect, requestRedirect: {port: 8443}}]}]}}
            ---
            {apiVersion: gateway.networking.k8s.io/v1, kind: TCPRoute, metadata: {name: bytes, namespace: edge}, spec: {rules: []}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: alerts, namespace: edge}, data: {a: envoy_cluster_membership_total > 3}}
            ---
            {apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: istiod, namespace: argocd}, spec: {
              source: {repoURL: https://istio-release.storage.googleapis.com/charts, chart: istiod, targetRevision: 1.28.10,
                helm: {valuesObject: {env: {PILOT_SPAWN_UPSTREAM_SPAN_FOR_GATEWAY: "false"}}}},
              destination: {namespace: istio-system}}}
            """;
        String page = page("1.32", "1.28.10", MANIFESTS.concat(changed));

        assertThat(row(page, "STRICT_GATEWAY_MERGING")).endsWith("| Gateway `shop/theirs` |");
        assertThat(row(page, "A listener of the Gateway API is left out")).endsWith("| ListenerSet `edge/more` |");
        assertThat(row(page, "without `tls`")).endsWith("| Gateway `edge/public` |");
        assertThat(row(page, "names no backend")).endsWith("| HTTPRoute `edge/empty` |");
        assertThat(row(page, "TCPRoutes")).endsWith("| TCPRoute `edge/bytes` |");
        assertThat(row(page, "UNHEALTHY")).endsWith("| ConfigMap `edge/alerts` |");
        assertThat(row(page, "UPSTREAM_SPAN")).endsWith("| Application `argocd/istiod` |");
        assertThat(row(page, "Docker Hub")).endsWith("| Application `argocd/istiod` |");
        assertThat(row(page("1.32", "1.28.10"), "Docker Hub")).endsWith("| none |");
    }

    private static String row(String page, String what) {
        return page.lines()
                .filter(line -> line.startsWith("|") && line.contains(what))
                .findFirst()
                .orElseThrow();
    }

    private static String page(String kubernetes, String istio) {
        return page(kubernetes, istio, MANIFESTS);
    }

    private static String page(String kubernetes, String istio, String manifests) {
        Mesh mesh =
                Mesh.of(new ManifestReader().text("shop.yaml", manifests).read().manifests());
        return UpgradePage.of("shop", Version.of(kubernetes), Version.of(istio), mesh);
    }
}
