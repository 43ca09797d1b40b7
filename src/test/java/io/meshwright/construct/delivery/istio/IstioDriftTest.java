package io.meshwright.construct.delivery.istio;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.platform.release.Compatibility;
import io.meshwright.platform.release.IstioRelease;
import io.meshwright.value.Name;
import io.meshwright.value.Version;
import io.meshwright.value.workload.Resources;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IstioDriftTest {
    private static final IstioRelease OLD =
            Compatibility.resolve(Version.of("1.32"), Version.of("1.26.2")).istio();
    private static final IstioRelease NEW =
            Compatibility.resolve(Version.of("1.33"), Version.of("1.30.5")).istio();

    @Test
    void ignores_the_failure_policy_only_where_istiod_flips_it() {
        assertThat(paths(IstioDrift.base(OLD))).contains(".webhooks[]?.failurePolicy");
        assertThat(paths(IstioDrift.base(NEW))).containsExactly(".webhooks[]?.clientConfig.caBundle");
    }

    @Test
    void never_ignores_the_failure_policy_of_injection() {
        assertThat(IstioDrift.istiod(OLD, Revision.only()))
                .filteredOn(difference -> difference.kind().equals("MutatingWebhookConfiguration"))
                .isNotEmpty()
                .allMatch(difference -> difference.paths().equals(List.of(".webhooks[]?.clientConfig.caBundle")));
    }

    @Test
    void names_every_webhook_of_the_only_control_plane() {
        assertThat(IstioDrift.istiod(NEW, Revision.only()))
                .map(IgnoredDifference::name)
                .containsExactly("istio-sidecar-injector", "istio-validator-istio-system");
    }

    @Test
    void names_every_webhook_of_a_revision_and_those_of_tags_apart() {
        assertThat(IstioDrift.istiod(NEW, Revision.of(Name.of("1-30-5"))))
                .map(IgnoredDifference::name)
                .containsExactly("istio-sidecar-injector-1-30-5", "istio-validator-1-30-5-istio-system");
        assertThat(IstioDrift.tag(Name.of("prod")).name()).isEqualTo("istio-revision-tag-prod");
    }

    @Test
    void leaves_the_field_that_kubernetes_adds_to_an_apparmor_annotation_alone() {
        assertThat(IstioDrift.cni(OLD)).singleElement().satisfies(ignored -> {
            assertThat(ignored.name()).isEqualTo("istio-cni-node");
            assertThat(ignored.paths())
                    .containsExactly(".spec.template.spec.containers[]? | select(.name == \"install-cni\") |"
                            + " .securityContext.appArmorProfile");
        });
        assertThat(IstioDrift.cni(Compatibility.resolve(Version.of("1.30"), Version.of("1.23.4"))
                        .istio()))
                .as("no profile at all")
                .isEmpty();
        assertThat(IstioDrift.cni(NEW)).as("the chart writes the field").isEmpty();
        assertThat(new IstioCniValues(NEW, Optional.empty(), false, Resources.of("10m", "32Mi", "64Mi")).values())
                .containsEntry("useAppArmorAnnotation", false);
        assertThat(new IstioCniValues(OLD, Optional.empty(), false, Resources.of("10m", "32Mi", "64Mi")).values())
                .doesNotContainKey("useAppArmorAnnotation");
    }

    private static List<String> paths(List<IgnoredDifference> differences) {
        return differences.stream()
                .flatMap(difference -> difference.paths().stream())
                .toList();
    }
}
