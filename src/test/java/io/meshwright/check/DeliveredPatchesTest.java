package io.meshwright.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.rule.object.IstioObjectsValid;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Manifests;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patches of Flux and Argo CD, which change what they deliver beside any kustomization. */
class DeliveredPatchesTest {
    private static final Kind FLUX = new Kind("kustomize.toolkit.fluxcd.io", "Kustomization");

    private static boolean isPatched(String patches) {
        Manifests manifests =
                ManifestReader.of("flux.yaml", """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: cluster, namespace: flux-system}
        spec:
          interval: 1h
          prune: true
          path: ./apps
          sourceRef: {kind: GitRepository, name: cluster}
          patches: %s
        ---
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: child, namespace: shop}
        spec: {path: ./shop, sourceRef: {kind: GitRepository, name: cluster}}
        """.formatted(patches)).manifests();
        return new DeliveredPatches(manifests).areFor(FLUX);
    }

    @Test
    void the_kind_is_said_by_the_target_or_by_the_patch() {
        assertThat(isPatched("[{target: {kind: Kustomization}, patch: '[]'}]")).isTrue();
        assertThat(isPatched("[{patch: \"kind: Kustomization\\nmetadata: {name: all}\"}]"))
                .isTrue();
        assertThat(isPatched("[{target: {kind: HelmRelease}, patch: '[]'}]")).isFalse();
        assertThat(isPatched("[]")).isFalse();
    }

    private static final String ROUTE = """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: web, namespace: shop}
        spec: {hosts: [web], http: [{route: [{destination: {host: web}}], timeout: 1us}]}
        ---
        """;

    private static Severity ofRoute(String delivery) {
        return Checks.run(ManifestReader.of("shop/web.yaml", ROUTE.concat(delivery)), Optional.empty()).all().stream()
                .filter(finding -> finding.rule() == IstioObjectsValid.OBJECT_INVALID)
                .map(Finding::severity)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{target: {kind: VirtualService}, patch: '[{op: replace, path: /spec/http/0/timeout, value: 1s}]'} | INFO",
                "{target: {kind: VirtualService}, patch: '[{op: remove, path: /spec/http/0}]'} | INFO",
                "{target: {kind: Virtual.*, name: w.b}, patch: '[{op: remove, path: /spec}]'} | INFO",
                "{patch: '{kind: VirtualService, metadata: {name: web}, spec: {http: []}}'} | INFO",
                "{target: {name: web}, patch: '{kind: VirtualService, metadata: {name: x}, spec: {http: []}}'} | INFO",
                "{patch: '{kind: VirtualService, metadata: {name: web}, $patch: delete}'} | INFO",
                "{target: {kind: VirtualService}, patch: '[{op: replace, path: /spec/http/0/name, value: a}]'} | ERROR",
                "{target: {kind: VirtualService}, patch: '[{op: replace, path: /spec/http/0/timeouts, value: a}]'} | ERROR",
                "{target: {kind: VirtualService, name: we}, patch: '[{op: remove, path: /spec}]'} | ERROR",
                "{target: {kind: VirtualService, namespace: x}, patch: '[{op: remove, path: /spec}]'} | ERROR",
                "{target: {kind: '['}, patch: '[{op: remove, path: /spec}]'} | ERROR",
                "{patch: '{kind: VirtualService, metadata: {name: web}, spec: {hosts: [x]}}'} | ERROR",
                "{patch: '{kind: VirtualService, metadata: {name: other}, spec: {http: []}}'} | ERROR",
                "{target: {kind: Gateway}, patch: '[{op: remove, path: /spec}]'} | ERROR"
            })
    void what_a_patch_changes_is_a_note_and_what_it_leaves_is_as_wrong_as_it_was(String patch, Severity severity) {
        assertThat(ofRoute("""
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: shop, namespace: flux-system}
            spec: {interval: 1h, prune: true, path: ./shop, sourceRef: {kind: GitRepository, name: x}, patches: [%s]}
            """.formatted(patch))).isEqualTo(severity);
        assertThat(ofRoute("""
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: shop, namespace: argocd}
            spec:
              project: default
              destination: {name: in-cluster, namespace: shop}
              source: {repoURL: "https://git.example.org/x.git", path: shop, kustomize: {patches: [%s]}}
            """.formatted(patch))).isEqualTo(severity);
    }
}
