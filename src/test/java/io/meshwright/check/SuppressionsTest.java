package io.meshwright.check;

import static io.meshwright.check.Meshed.check;
import static io.meshwright.check.Meshed.codes;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuppressionsTest {
    private static final String ELSEWHERE = """
      apiVersion: meshwright.io/v1
      kind: Suppressions
      metadata: {name: exceptions}
      spec:
        suppressions:
          - {code: MESH121, object: %s, reason: the Gateway is applied by another team}
      """;

    private static String route(String annotation) {
        return """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: web, namespace: shop, annotations: {meshwright.io/ignore: %s}}
        spec: {hosts: [web.example.com], gateways: [gone], http: [{directResponse: {status: 200}}]}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
        """.formatted(annotation);
    }

    @Test
    void an_annotation_with_a_reason_hides_the_finding() {
        assertThat(check(route("\"MESH121: applied by another team\"")).all()).isEmpty();
    }

    @Test
    void an_annotation_without_a_reason_hides_nothing_and_is_an_error() {
        assertThat(codes(check(route("MESH121")))).containsExactly("MESH111", "MESH121");
    }

    @Test
    void an_annotation_for_an_unknown_code_is_an_error() {
        assertThat(codes(check(route("\"MESH099: because\"")))).containsExactly("MESH111", "MESH121");
    }

    @Test
    void a_suppression_of_something_that_is_not_found_is_reported() {
        assertThat(codes(check(route("\"MESH106: because\"")))).containsExactly("MESH112", "MESH121");
    }

    @Test
    void a_list_hides_the_findings_of_the_object_it_names() {
        assertThat(codes(check(route("\"\""), ELSEWHERE.formatted("VirtualService shop/web"))))
                .isEmpty();
        assertThat(codes(check(route("\"\""), ELSEWHERE.formatted("VirtualService shop/*"))))
                .isEmpty();
        assertThat(codes(check(route("\"\""), ELSEWHERE.formatted("VirtualService shop/we"))))
                .containsExactlyInAnyOrder("MESH112", "MESH121");
    }

    @Test
    void a_list_beside_the_manifests_is_unused_only_when_no_mesh_uses_it() {
        Findings both = Findings.together(List.of(check(route("\"\"")), check()));

        assertThat(Checks.suppressed(both, ManifestReader.of("s.yaml", ELSEWHERE.formatted("VirtualService shop/web")))
                        .all())
                .isEmpty();
    }

    @Test
    void a_suppression_that_one_of_two_releases_needs_is_used() {
        String policy = """
        apiVersion: security.istio.io/v1
        kind: AuthorizationPolicy
        metadata: {name: web, namespace: shop, annotations: {meshwright.io/ignore: "MESH108: %s"}}
        spec: {rules: [{from: [{source: {serviceAccounts: [web]}}]}]}
        """.formatted("the older control plane leaves next week");

        assertThat(codes(check(istiod("old", "1.23.4"), policy))).doesNotContain("MESH108", "MESH112");
        assertThat(codes(check(istiod("new", "1.30.3"), policy))).contains("MESH112");
        assertThat(codes(check(istiod("old", "1.23.4"), istiod("new", "1.30.3"), policy)))
                .doesNotContain("MESH108", "MESH112");
    }

    private static String istiod(String revision, String version) {
        return """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: istiod-%s, namespace: argocd}
        spec:
          project: default
          source: {repoURL: https://blob.istio.io/istio-release/charts, chart: istiod, targetRevision: %s,
            helm: {valuesObject: {revision: %1$s}}}
          destination: {server: https://kubernetes.default.svc, namespace: istio-system}
        """.formatted(revision, version);
    }
}
