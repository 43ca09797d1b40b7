package io.meshwright.house.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.Checks;
import io.meshwright.check.Finding;
import io.meshwright.check.schema.CustomResources;
import io.meshwright.house.Rendering;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.platform.release.Compatibility;
import io.meshwright.value.Version;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An environment that says the newest line of the table is rendered, and its own definitions and checks admit it. */
class NewestIstioTest {
    private static final Version NEWEST = Compatibility.lines().get(0);
    private static final String RELEASE = Compatibility.patched(NEWEST).value();

    @Test
    void homelab_runs_its_newest_patch_with_no_finding_more() throws IOException {
        String today = Rendering.file("homelab");

        assertThat(findings(newest(today))).containsExactlyElementsOf(findings(today));
    }

    @Test
    void every_chart_of_istio_is_of_that_patch() throws IOException {
        assertThat(Rendering.objects(newest(Rendering.file("homelab"))).entrySet())
                .filteredOn(object -> object.getKey().matches("argocd/Application/(istio.*|istiod.*)"))
                .hasSizeGreaterThan(3)
                .allSatisfy(object -> assertThat(object.getValue()).contains("targetRevision: %s".formatted(RELEASE)));
    }

    @Test
    void its_own_definitions_are_here_and_admit_what_is_rendered() throws IOException {
        CustomResources definitions = new CustomResources(IstioVersion.of(RELEASE));
        List<Manifest> ofIstio =
                Rendering.read(Rendering.objects(newest(Rendering.file("homelab")))).manifests().all().stream()
                        .filter(manifest -> manifest.kind().group().endsWith(".istio.io"))
                        .toList();

        assertThat(Rendering.class.getResource("/crds/istio-%s/networking.istio.io.txt".formatted(NEWEST)))
                .isNotNull();
        assertThat(ofIstio)
                .hasSizeGreaterThan(10)
                .allSatisfy(manifest -> assertThat(definitions.violations(manifest))
                        .hasValueSatisfying(violations -> assertThat(violations).isEmpty()));
    }

    private static String newest(String file) {
        String changed = file.replaceFirst("version: 1\\.\\d+\\.\\d+", "version: \"%s\"".formatted(NEWEST));
        assertThat(changed).isNotEqualTo(file);
        return changed;
    }

    private static List<String> findings(String file) throws IOException {
        return Checks.run(Rendering.read(Rendering.objects(file)), Optional.empty()).all().stream()
                .map((Finding finding) -> "%s %s".formatted(finding.rule().code(), finding.object()))
                .sorted()
                .toList();
    }
}
