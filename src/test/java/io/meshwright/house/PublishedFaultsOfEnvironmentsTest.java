package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.Checks;
import io.meshwright.check.Finding;
import io.meshwright.check.rule.installation.ReleasesWithoutPublishedFaults;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A release with published faults stays by a person's word, or it is a warning of every synth. */
class PublishedFaultsOfEnvironmentsTest {
    private static final String ACCEPTED = "(?s)\n  publishedFaults:\n    owner.*?(?=\n  \\S)";

    @Test
    void homelab_runs_a_release_without_published_faults() throws IOException {
        assertThat(faults(Rendering.file("homelab"))).isEmpty();
    }

    @Test
    void an_older_patch_is_a_warning_with_the_bulletins_number_and_day() throws IOException {
        assertThat(faults(Rendering.file("homelab").replace("version: 1.30.5", "version: 1.30.3")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.object()).isEqualTo("Application argocd/istiod");
                    assertThat(finding.message())
                            .isEqualTo("Istio 1.30.3 has the faults of ISTIO-SECURITY-2026-006 (2026-08-26)");
                    assertThat(finding.remedy())
                            .isEqualTo("Take 1.30.5, which has none of those published up to ISTIO-SECURITY-2026-006.");
                });
    }

    @Test
    void a_line_alone_is_rendered_as_its_newest_patch() throws IOException {
        String file = Rendering.file("homelab");

        assertThat(Rendering.objects(file.replace("version: 1.30.5", "version: \"1.30\"")))
                .isEqualTo(Rendering.objects(file));
    }

    @Test
    void azure_and_egov_stay_by_their_exception_alone() throws IOException {
        for (String environment : List.of("azure", "egov")) {
            String file = Rendering.file(environment);

            assertThat(faults(file)).as(environment).isEmpty();
            assertThat(faults(file.replaceFirst(ACCEPTED, ""))).as(environment).hasSize(1);
        }
    }

    @Test
    void the_exception_covers_a_control_plane_that_is_left_beside_a_newer_one() throws IOException {
        String file = Rendering.file("egov")
                .replace(
                        "version: 1.26.2",
                        "version: 1.28.10\n  revision: 1-28-10\n  from: 1.26.2\n  tags: {stable: default}");

        assertThat(faults(file)).isEmpty();
        assertThat(faults(file.replaceFirst(ACCEPTED, "")))
                .extracting(Finding::object)
                .containsExactlyInAnyOrder("Application argocd/istiod", "Application argocd/istiod-1-28-10");
    }

    private static List<Finding> faults(String file) throws IOException {
        return Checks.run(Rendering.read(Rendering.objects(file)), Optional.empty()).all().stream()
                .filter(finding -> finding.rule() == ReleasesWithoutPublishedFaults.RELEASE_WITH_PUBLISHED_FAULT)
                .toList();
    }
}
