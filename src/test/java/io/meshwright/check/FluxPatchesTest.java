package io.meshwright.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Manifests;
import org.junit.jupiter.api.Test;

/** A Kustomization of Flux whose patches give its children what they leave out. */
class FluxPatchesTest {
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
        return new Overlays(manifests)
                .isPatchedByFlux(manifests.find(FLUX, "shop", "child").orElseThrow());
    }

    @Test
    void the_kind_is_said_by_the_target_or_by_the_patch() {
        assertThat(isPatched("[{target: {kind: Kustomization}, patch: '[]'}]")).isTrue();
        assertThat(isPatched("[{patch: \"kind: Kustomization\\nmetadata: {name: all}\"}]"))
                .isTrue();
        assertThat(isPatched("[{target: {kind: HelmRelease}, patch: '[]'}]")).isFalse();
        assertThat(isPatched("[]")).isFalse();
    }
}
