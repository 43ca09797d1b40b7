package io.meshwright.construct.edge;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.construct.Rendered;
import io.meshwright.construct.edge.BodyLimits.LimitedRoute;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.edge.BodyLimit;
import io.meshwright.value.edge.ErrorPage;
import io.meshwright.value.security.Identity;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayFiltersTest {
    private static final Party GATEWAY = Party.meshed(
            Name.of("gateway"),
            Identity.of(Name.of("istio-system"), Name.of("edge")),
            Map.of("istio", "ingressgateway"),
            TargetPort.http(8443));

    @Test
    void limits_of_bodies_are_off_until_a_route_turns_one_on() {
        Rendered rendered = Rendered.of(chart -> BodyLimits.Builder.create(chart, "limits")
                .name(Name.of("body-limits"))
                .gateway(GATEWAY)
                .routes(List.of(new LimitedRoute(
                        Host.of("shop.example.org"), List.of(Port.of(443)), "web-root", BodyLimit.of("2Ki"))))
                .build());

        assertThat(rendered.named("EnvoyFilter istio-system/body-limits"))
                .has("/spec/priority", 10)
                .hasJson("/spec/workloadSelector/labels", "{istio: 'ingressgateway'}")
                .has("/spec/configPatches/0/match/context", "GATEWAY")
                .has("/spec/configPatches/0/patch/value/disabled", true)
                .hasJson(
                        "/spec/configPatches/1/match/routeConfiguration/vhost",
                        "{name: 'shop.example.org:443', route: {name: 'web-root'}}")
                .has(
                        "/spec/configPatches/1/patch/value/typed_per_filter_config/envoy.filters.http.buffer/buffer/max_request_bytes",
                        2048);
    }

    @Test
    void a_status_has_one_page() {
        ErrorPage page = new ErrorPage(List.of(503), "sorry", null, null);

        assertThatThrownBy(() -> Rendered.of(chart -> ErrorPages.Builder.create(chart, "pages")
                        .name(Name.of("pages"))
                        .gateway(GATEWAY)
                        .pages(List.of(page, page))
                        .build()))
                .hasMessage("pages: has two pages for \"503\"; remove one of them [test/pages]");
    }
}
