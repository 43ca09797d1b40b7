package io.meshwright.value.traffic;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.Host;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.ImageReference;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.Weight;
import io.meshwright.value.traffic.RouteMatch.Condition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which requests get which version, by each kind of release, and which routes that makes. */
class VersionsOfRequestsTest {
    private static final Name V1 = Name.of("v1");
    private static final Name V2 = Name.of("v2");
    private static final Name V3 = Name.of("v3");
    private static final ImageReference IMAGE = ImageReference.of("docker.io/library/nginx:1.29.1");
    private static final List<Canary.Version> WEIGHTED = List.of(
            new Canary.Version(V1, Weight.of(99), null),
            new Canary.Version(V2, Weight.of(1), IMAGE),
            new Canary.Version(V3, Weight.of(0), null));
    private static final Route ROUTE = Route.of(Host.of("shop.example.org"));

    @Test
    void a_canary_gives_each_version_its_weight() {
        Canary canary = Canary.plain(WEIGHTED, null);

        assertThat(canary.variants())
                .containsExactly(new Variant(V1, null), new Variant(V2, IMAGE), new Variant(V3, null));
        assertThat(canary.share(V1)).contains(Weight.of(99));
        assertThat(canary.share(V3)).contains(Weight.of(0));
        assertThat(canary.share(Name.of("v4"))).isEmpty();
        assertThat(canary.conditions()).isEmpty();
        assertThat(canary.isManaged()).isFalse();
        assertThat(canary.word()).isEqualTo("canary");
    }

    @Test
    void a_canary_keeps_visitors_of_versions_with_a_weight() {
        Cookie cookie = Cookie.named("version");
        HeaderOverride override = HeaderOverride.by("X-Canary");
        Canary canary = new Canary(null, WEIGHTED, override, new Sticky(cookie, null), null, null);

        assertThat(canary.kept())
                .containsExactly(new Canary.Kept(V1, cookie.condition(V1)), new Canary.Kept(V2, cookie.condition(V2)));
        assertThat(canary.conditions())
                .containsExactly(
                        Condition.header("x-canary", TextMatch.exact("true")),
                        cookie.condition(V1),
                        cookie.condition(V2));
        assertThat(Canary.plain(WEIGHTED, null).kept()).isEmpty();
    }

    @Test
    void an_override_of_rollouts_leads_to_the_canary() {
        HeaderOverride named = new HeaderOverride("x-canary", null, V2);

        assertThat(Canary.rollouts(List.of(Step.of(10)), HeaderOverride.by("x-canary"), null)
                        .conditions())
                .hasSize(1);
        assertRefused(() -> Canary.rollouts(List.of(Step.of(10)), named, null))
                .isEqualTo("override.to: is always the canary here; remove it");
        assertThat(Canary.plain(WEIGHTED, named).override()).isEqualTo(named);
        assertRefused(() -> new Canary(null, WEIGHTED, null, null, null, Analysis.defaults()))
                .isEqualTo("analysis: needs somebody who acts on it; use engine: rollouts, or remove it");
    }

    @Test
    void steps_of_rollouts_rise_by_one_at_least_and_wait_for_a_result() {
        assertThat(Canary.rollouts(List.of(Step.of(1), Step.of(2), Step.of(99)), null, null)
                        .steps())
                .hasSize(3);
        assertRefused(() -> Canary.rollouts(List.of(Step.of(10), Step.of(10)), null, null))
                .startsWith("steps[1].weight: \"10\" is not above the step before, 10; let the weights rise");
        assertThat(Canary.rollouts(
                                List.of(new Step(
                                        Weight.of(10), Analysis.defaults().firstResult(), null)),
                                null,
                                null)
                        .isManaged())
                .isTrue();
    }

    @Test
    void a_test_gives_groups_a_version_by_one_thing() {
        List<AbTest.Version> versions =
                List.of(AbTest.Version.of("v1"), AbTest.Version.of("v2", "beta"), AbTest.Version.of("v3", "a.b", "c"));
        AbTest byHeader = new AbTest(new AbTest.By("X-Group", null, null), versions);

        assertThat(byHeader.conditions())
                .containsExactly(
                        Condition.header("x-group", TextMatch.exact("beta")),
                        Condition.header("x-group", TextMatch.regex("a\\.b|c")));
        assertThat(byHeader.variants()).extracting(Variant::name).containsExactly(V1, V2, V3);
        assertThat(new AbTest(new AbTest.By(null, null, "group"), versions).conditions())
                .first()
                .isEqualTo(Condition.claim("group", TextMatch.exact("beta")));
        assertThat(new AbTest(new AbTest.By(null, "group", null), versions).conditions())
                .containsExactly(Condition.cookie("group", "(beta)"), Condition.cookie("group", "(a\\.b|c)"));
        assertThat(byHeader.share(V1)).isEmpty();
        assertThat(byHeader.isManaged()).isFalse();
    }

    @Test
    void a_test_has_two_versions_and_one_for_the_rest() {
        AbTest.By group = new AbTest.By("x-group", null, null);

        assertRefused(() -> new AbTest(group, List.of(AbTest.Version.of("v1"))))
                .isEqualTo("versions: has one entry, so there is no second version; give at least two");
        assertRefused(() -> new AbTest(group, List.of(AbTest.Version.of("v1", "a"), AbTest.Version.of("v2", "b"))))
                .isEqualTo("versions: 0 of them take everybody else; leave groups away in exactly one");
        assertRefused(() -> new AbTest(group, List.of(AbTest.Version.of("v1"), AbTest.Version.of("v1", "b"))))
                .startsWith("versions: \"v1\" is given twice");
        assertRefused(() -> new AbTest.By(null, null, null))
                .isEqualTo("does not say in one way where the group stands; give one of header, cookie and claim");
    }

    @Test
    void blue_and_green_share_all_or_nothing() {
        BlueGreen release = new BlueGreen(List.of(Variant.named("v1"), Variant.named("v2")), V2, null);

        assertThat(release.share(V2)).contains(Weight.of(100));
        assertThat(release.share(V1)).contains(Weight.of(0));
        assertThat(release.variants()).extracting(Variant::name).containsExactly(V1, V2);
        assertThat(release.word()).isEqualTo("blueGreen");
        assertRefused(() -> new BlueGreen(release.versions(), V1, Host.of("*.example.org")))
                .isEqualTo("previewHost: \"*.example.org\" is not one host; name one host");
        assertRefused(() ->
                        new BlueGreen(List.of(Variant.named("v1"), Variant.named("v2"), Variant.named("v3")), V1, null))
                .isEqualTo("versions: has 3 entries; give exactly two");
    }

    @Test
    void a_shadow_runs_beside_what_serves() {
        assertThat(new Shadow(Variant.named("v1"), Variant.named("v2"), null).variants())
                .containsExactly(Variant.named("v1"), Variant.named("v2"));
    }

    @Test
    void a_visitor_is_known_by_one_thing_that_callers_in_the_mesh_do_not_keep() {
        String told = "does not say in one way what a visitor is known by; give cookie or header";

        assertRefused(() -> new Sticky(null, null)).isEqualTo(told);
        assertRefused(() -> new Sticky(Cookie.named("v"), "x-user")).isEqualTo(told);
        assertThat(Sticky.refusalInMesh(KeyPath.of("release.sticky"), "remove it"))
                .hasMessage("release.sticky: needs callers that keep cookies, and those in the mesh do not; remove it");
    }

    @Test
    void a_route_becomes_one_for_each_condition_and_way_of_asking_again() {
        Route gets = ROUTE.matching(RouteMatch.everything().withMethods(List.of(HttpMethod.GET)));
        Canary canary = Canary.plain(WEIGHTED, HeaderOverride.by("x-canary"));

        assertThat(RouteConditions.of(gets, canary, Retries.defaults()))
                .containsExactly(gets.match().withHeader("x-canary", TextMatch.exact("true")), gets.match());
        assertThat(RouteConditions.of(ROUTE, null, Retries.none())).containsExactly(RouteMatch.everything());
        assertThat(RouteConditions.of(ROUTE, null, Retries.defaults())).hasSize(2);
        assertThat(RouteConditions.of(ROUTE, canary, Retries.defaults())).hasSize(4);
        assertThat(RouteConditions.of(
                        ROUTE.toBuilder().respond(Respond.status(503)).build(), canary, Retries.defaults()))
                .containsExactly(RouteMatch.everything());
    }

    @Test
    void the_first_takes_requests_and_paths() {
        RouteConditions conditions = new RouteConditions();
        PathOwners owners = new PathOwners();
        RouteMatch any = RouteMatch.everything();
        Host other = Host.of("www.example.org");

        assertThat(conditions.takenBefore(ROUTE.host(), ROUTE.path(), any, "web"))
                .isEmpty();
        assertThat(conditions.takenBefore(ROUTE.host(), ROUTE.path(), any, "shop"))
                .contains("web");
        assertThat(conditions.takenBefore(other, ROUTE.path(), any, "shop")).isEmpty();
        assertThat(owners.otherOwner(ROUTE, "web")).isEmpty();
        assertThat(owners.otherOwner(ROUTE, "web")).isEmpty();
        assertThat(owners.otherOwner(ROUTE, "shop")).contains("web");
        assertThat(owners.otherOwner(ROUTE.at(other), "shop")).isEmpty();
    }
}
