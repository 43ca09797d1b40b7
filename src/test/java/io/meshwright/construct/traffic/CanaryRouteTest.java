package io.meshwright.construct.traffic;

import static io.meshwright.construct.ManifestAssert.assertThat;

import io.meshwright.construct.Rendered;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Weight;
import io.meshwright.value.traffic.BlueGreen;
import io.meshwright.value.traffic.Canary;
import io.meshwright.value.traffic.Cors;
import io.meshwright.value.traffic.HeaderOverride;
import io.meshwright.value.traffic.Step;
import io.meshwright.value.traffic.Variant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import software.constructs.Construct;

class CanaryRouteTest {
    private static final Canary NINETY_TEN = Canary.plain(
            List.of(Canary.Version.of("v1", 90), Canary.Version.of("v2", 10)), HeaderOverride.by("canary"));

    @Test
    void shares_calls_inside_the_mesh_and_lets_a_header_choose() {
        Rendered rendered =
                Rendered.of(chart -> route(chart).release(NINETY_TEN).build());

        assertThat(rendered.named("VirtualService user-service/user-service"))
                .hasJson("/spec/hosts", "['user-service.user-service.svc.cluster.local']")
                .hasJson("/spec/gateways", "['mesh']")
                .hasJson("/spec/http/0/match/0/headers", "{canary: {exact: 'true'}}")
                .has("/spec/http/0/route/0/destination/subset", "v2")
                .has("/spec/http/2/route/0/weight", 90)
                .has("/spec/http/2/route/1/weight", 10);
        assertThat(rendered.only("DestinationRule"))
                .hasJson("/spec/subsets/0", "{name: 'v1', labels: {app: 'user-service', version: 'v1'}}")
                .hasJson("/spec/subsets/1", "{name: 'v2', labels: {app: 'user-service', version: 'v2'}}");
    }

    @Test
    void gives_the_rest_to_the_first_version() {
        Rendered rendered =
                Rendered.of(chart -> route(chart).canary(Weight.percent(25)).build());

        assertThat(rendered.only("VirtualService"))
                .has("/spec/http/1/route/0/weight", 75)
                .has("/spec/http/1/route/1/weight", 25);
    }

    @Test
    void carries_cors_on_every_route_of_a_gateway_host() {
        Cors cors = new Cors(List.of("https://app.example.org"), null, null, null, null, null);
        Rendered rendered = Rendered.of(chart -> route(chart)
                .release(NINETY_TEN)
                .entry(new CanaryRoute.Entry(List.of("edge/gateway"), Host.of("users.example.org"), cors, false))
                .build());

        Assertions.assertThat(rendered.only("VirtualService").at("/spec/http"))
                .hasSize(4)
                .allMatch(http ->
                        http.at("/corsPolicy/allowOrigins/0/exact").asText().equals("https://app.example.org"));
    }

    @Test
    void shows_the_other_version_of_blue_green_at_a_host_of_its_own() {
        BlueGreen release = new BlueGreen(
                List.of(Variant.named("blue"), Variant.named("green")),
                Name.of("blue"),
                Host.of("preview.example.org"));
        Rendered rendered = Rendered.of(chart -> route(chart)
                .release(release)
                .entry(new CanaryRoute.Entry(List.of("edge/gateway"), Host.of("users.example.org"), null, false))
                .build());

        assertThat(rendered.named("VirtualService user-service/users-example-org"))
                .has("/spec/http/0/route/0/destination/subset", "blue");
        assertThat(rendered.named("VirtualService user-service/preview-example-org"))
                .has("/spec/http/0/route/0/destination/subset", "green");
    }

    @Test
    void stands_at_stable_where_argo_rollouts_moves_the_weights() {
        List<ManagedRoutes> managed = new java.util.ArrayList<>();
        Rendered rendered = Rendered.of(chart -> managed.addAll(route(chart)
                .release(Canary.rollouts(List.of(Step.of(10)), null, null))
                .build()
                .managed()));

        assertThat(rendered.only("VirtualService"))
                .has("/spec/http/1/route/0/destination/subset", "stable")
                .has("/spec/http/1/route/0/weight", 100)
                .has("/spec/http/1/route/1/destination/subset", "canary")
                .has("/spec/http/1/route/1/weight", 0);
        Assertions.assertThat(managed)
                .containsExactly(new ManagedRoutes(
                        Name.of("user-service"),
                        Name.of("user-service"),
                        List.of("user-service-root-safe", "user-service-root")));
    }

    private static CanaryRoute.Builder route(Construct scope) {
        return CanaryRoute.Builder.create(scope, "user-service")
                .service(Backend.of("user-service", "user-service", 80), Map.of("app", "user-service"));
    }
}
