package io.meshwright.value.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.Duration;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Weight;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReleaseTest {
    private static final List<Canary.Version> NINETY_TEN =
            List.of(Canary.Version.of("v1", 90), Canary.Version.of("v2", 10));

    @Test
    void refuses_a_canary_without_a_second_version() {
        assertThatThrownBy(() -> Canary.plain(List.of(Canary.Version.of("v1", 100)), null))
                .hasMessageStartingWith("versions: has 1 entries, so there is no second version");
    }

    @Test
    void refuses_weights_that_are_not_the_whole() {
        assertThatThrownBy(() -> Canary.plain(List.of(Canary.Version.of("v1", 90), Canary.Version.of("v2", 11)), null))
                .hasMessage("versions: the weights add up to \"101\"; make them add up to 100");
    }

    @Test
    void refuses_one_version_under_two_entries() {
        assertThatThrownBy(() -> Canary.plain(List.of(Canary.Version.of("v1", 90), Canary.Version.of("v1", 10)), null))
                .hasMessageStartingWith("versions: \"v1\" is given twice");
    }

    @Test
    void refuses_an_override_towards_an_unknown_version() {
        assertThatThrownBy(() -> Canary.plain(NINETY_TEN, new HeaderOverride("canary", null, Name.of("v3"))))
                .hasMessageStartingWith("override.to: \"v3\" is none of the versions");
        assertThat(Canary.plain(NINETY_TEN, HeaderOverride.by("canary"))
                        .override()
                        .value())
                .isEqualTo("true");
    }

    @Test
    void says_honestly_that_a_hash_cannot_hold_a_visitor_at_a_weighted_version() {
        assertThatThrownBy(() -> new Canary(null, NINETY_TEN, null, new Sticky(null, "x-user"), null, null))
                .hasMessageStartingWith("sticky.header: cannot go together with weights");
        assertThat(new Canary(null, NINETY_TEN, null, Sticky.cookie("version"), null, null)
                        .sticky()
                        .cookie()
                        .name())
                .isEqualTo("version");
    }

    @Test
    void gives_steps_and_analysis_to_rollouts_only() {
        Step ten = Step.of(10);

        assertThatThrownBy(() -> new Canary(Canary.Engine.PLAIN, NINETY_TEN, null, null, List.of(ten), null))
                .hasMessageStartingWith("steps: need somebody who goes through them");
        assertThatThrownBy(() -> new Canary(Canary.Engine.ROLLOUTS, NINETY_TEN, null, null, List.of(ten), null))
                .hasMessageStartingWith("versions: are made by Argo Rollouts");
        assertThatThrownBy(() -> rollouts(List.of())).hasMessageStartingWith("steps: is empty");
        assertThat(rollouts(List.of(ten)).isManaged()).isTrue();
    }

    @Test
    void refuses_steps_that_go_back_or_end_before_a_result() {
        assertThatThrownBy(() -> rollouts(List.of(Step.of(50), Step.of(10))))
                .hasMessageStartingWith("steps[1].weight: \"10\" is not above the step before, 50");
        assertThatThrownBy(() -> rollouts(List.of(new Step(Weight.of(10), Duration.of("1m"), null))))
                .hasMessageStartingWith("steps[0].pause: \"1m\" ends before the analysis has a first result after 3m");
        assertThat(rollouts(List.of(new Step(Weight.of(10), null, true))).steps())
                .hasSize(1);
    }

    @Test
    void refuses_stickiness_under_rollouts() {
        assertThatThrownBy(() ->
                        new Canary(Canary.Engine.ROLLOUTS, null, null, Sticky.cookie("v"), List.of(Step.of(10)), null))
                .hasMessageStartingWith("sticky: cannot go together with engine: rollouts");
    }

    @Test
    void wants_exactly_one_version_for_everybody_else() {
        AbTest.By group = new AbTest.By("x-group", null, null);

        assertThatThrownBy(() -> new AbTest(group, List.of(AbTest.Version.of("v1"), AbTest.Version.of("v2"))))
                .hasMessageStartingWith("versions: 2 of them take everybody else");
        assertThatThrownBy(() -> new AbTest(
                        group,
                        List.of(AbTest.Version.of("v1", "a"), AbTest.Version.of("v2", "a"), AbTest.Version.of("v3"))))
                .hasMessageStartingWith("versions: group \"a\" has two versions");
        assertThat(new AbTest(group, List.of(AbTest.Version.of("v1"), AbTest.Version.of("v2", "beta"))).variants())
                .hasSize(2);
    }

    @Test
    void refuses_two_places_of_one_group() {
        assertThatThrownBy(() -> new AbTest.By("x-group", "group", null))
                .hasMessageStartingWith("does not say in one way");
    }

    @Test
    void refuses_blue_green_with_one_version() {
        assertThatThrownBy(() -> new BlueGreen(List.of(Variant.named("blue")), Name.of("blue"), null))
                .hasMessage("versions: has 1 entries; give exactly two");
        assertThatThrownBy(() ->
                        new BlueGreen(List.of(Variant.named("blue"), Variant.named("green")), Name.of("red"), null))
                .hasMessageStartingWith("active: \"red\" is none of the versions");
    }

    @Test
    void shows_the_other_version_at_the_preview_host() {
        BlueGreen release = new BlueGreen(
                List.of(Variant.named("blue"), Variant.named("green")),
                Name.of("green"),
                Host.of("preview.example.org"));

        assertThat(release.preview()).isEqualTo(Name.of("blue"));
    }

    @Test
    void refuses_a_mirror_into_itself() {
        assertThatThrownBy(() -> new Shadow(Variant.named("v1"), Variant.named("v1"), null))
                .hasMessageStartingWith("shadow: \"v1\" is given twice");
    }

    @Test
    void refuses_bounds_between_which_no_pod_can_be_added() {
        assertThatThrownBy(() -> new Hpa(3, 3, null))
                .hasMessage("maxReplicas: \"3\" is not above minReplicas 3; give at least 4");
        assertThatThrownBy(() -> new Keda(null, null, 50, null, null)).hasMessage("maxReplicas: is missing; add it");
        assertThat(new Hpa(null, 3, null).cpu()).isEqualTo(70);
    }

    private static Canary rollouts(List<Step> steps) {
        return Canary.rollouts(steps, null, null);
    }
}
