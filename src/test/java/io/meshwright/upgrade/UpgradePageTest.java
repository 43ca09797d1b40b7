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
                        "## 4. Istio 1.28.10 → 1.30.5");
    }

    @Test
    void names_the_published_faults_and_up_to_where_they_were_read() {
        assertThat(page("1.30", "1.23.4"))
                .contains("Istio 1.23.4 has the published security faults of ISTIO-SECURITY-2026-006 (2026-08-26);"
                        + " bulletins were read up to ISTIO-SECURITY-2026-006, and those after");
        assertThat(page("1.33", "1.30.5"))
                .contains("No security fault of Istio 1.30.5 is published: bulletins were read up "
                        + "to ISTIO-SECURITY-2026-006.");
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
                        "kiali 2.17.12 → 2.30.0");
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
        List<Change> changes = Changes.between(Version.of("1.23.4"), Version.of("1.30.5"));

        assertThat(changes).extracting(Change::what).doesNotHaveDuplicates().hasSizeGreaterThan(12);
    }

    private static String row(String page, String what) {
        return page.lines()
                .filter(line -> line.startsWith("|") && line.contains(what))
                .findFirst()
                .orElseThrow();
    }

    private static String page(String kubernetes, String istio) {
        Mesh mesh =
                Mesh.of(new ManifestReader().text("shop.yaml", MANIFESTS).read().manifests());
        return UpgradePage.of("shop", Version.of(kubernetes), Version.of(istio), mesh);
    }
}
