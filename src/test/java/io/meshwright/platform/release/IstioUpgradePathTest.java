package io.meshwright.platform.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.Version;
import org.junit.jupiter.api.Test;

class IstioUpgradePathTest {
    @Test
    void leads_from_1_23_to_1_30_by_steps_that_istio_supports() {
        assertThat(between("1.23.4", "1.30.5").steps())
                .map(step -> step.to().line().value())
                .containsExactly("1.25", "1.26", "1.28", "1.30");
    }

    @Test
    void names_the_kubernetes_on_which_both_control_planes_of_a_step_run() {
        assertThat(between("1.23.4", "1.30.5").steps())
                .map(step -> step.kubernetes().toString())
                .containsExactly("1.29 to 1.30", "1.29 to 1.32", "1.30 to 1.33", "1.32 to 1.34");
    }

    @Test
    void takes_the_last_minor_alone_where_the_table_has_none_in_between() {
        assertThat(between("1.28.10", "1.31.1").steps())
                .map(IstioUpgradePath.Step::toString)
                .containsExactly(
                        IstioUpgradePath.step(Version.of("1.28.10"), Version.of("1.30.5"))
                                .toString(),
                        IstioUpgradePath.step(Version.of("1.30.5"), Version.of("1.31.1"))
                                .toString());
        assertThat(IstioUpgradePath.agent(Version.of("1.28.10"), Version.of("1.30.5"))
                        .version())
                .isEqualTo(Version.of("1.29.9"));
        assertThat(IstioUpgradePath.agent(Version.of("1.30.5"), Version.of("1.31.1"))
                        .version())
                .isEqualTo(Version.of("1.31.1"));
    }

    @Test
    void needs_no_step_from_a_minor_that_is_supported() {
        assertThat(IstioUpgradePath.toSupported(Version.of("1.30.5")).steps()).isEmpty();
        assertThat(IstioUpgradePath.toSupported(Version.of("1.26.2")).steps())
                .map(step -> step.to().value())
                .containsExactly("1.28.10", "1.30.5", "1.31.1");
    }

    @Test
    void ends_at_the_very_patch_that_was_asked_for() {
        assertThat(between("1.26.2", "1.28.0").steps())
                .containsExactly(IstioUpgradePath.step(Version.of("1.26.2"), Version.of("1.28.0")));
    }

    @Test
    void needs_no_step_within_one_minor() {
        assertThat(between("1.26.2", "1.26.8").steps()).isEmpty();
    }

    @Test
    void refuses_a_jump_over_more_minors_than_istio_supports() {
        assertThatThrownBy(() -> IstioUpgradePath.step(Version.of("1.23.4"), Version.of("1.26.2")))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("istio.version: from Istio \"1.23.4\" to \"1.26.2\" is 3 minors at once, and at most 2 are"
                        + " supported; go by way of 1.25.5");
    }

    @Test
    void admits_a_jump_over_one_minor() {
        assertThat(IstioUpgradePath.step(Version.of("1.23.4"), Version.of("1.25.5"))
                        .kubernetes())
                .isEqualTo(VersionRange.of("1.29-1.30"));
    }

    @Test
    void refuses_to_lead_backwards() {
        assertThatThrownBy(() -> between("1.30.5", "1.26.2"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("is older than");
    }

    @Test
    void knows_every_add_on_for_each_step_on_the_kubernetes_that_the_step_allows() {
        for (IstioUpgradePath.Step step : between("1.23.4", "1.30.5").steps()) {
            Version newest = step.kubernetes().last().orElseThrow();

            assertThatCode(() -> Compatibility.resolve(newest, step.to())).doesNotThrowAnyException();
        }
    }

    private static IstioUpgradePath between(String from, String to) {
        return IstioUpgradePath.between(Version.of(from), Version.of(to));
    }
}
