package io.meshwright.construct.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.construct.Rendered;
import io.meshwright.value.Host;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.Name;
import io.meshwright.value.Percent;
import io.meshwright.value.traffic.Canary;
import io.meshwright.value.traffic.Cors;
import io.meshwright.value.traffic.Resilience;
import io.meshwright.value.traffic.Retries;
import io.meshwright.value.traffic.Rewrite;
import io.meshwright.value.traffic.Route;
import io.meshwright.value.traffic.RouteMatch;
import io.meshwright.value.traffic.Shadow;
import io.meshwright.value.traffic.Sticky;
import io.meshwright.value.traffic.Stream;
import io.meshwright.value.traffic.StreamingTool;
import io.meshwright.value.traffic.TextMatch;
import io.meshwright.value.traffic.Variant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostRoutesTest {
    private static final Host SHOP = Host.of("shop.example.org");
    private static final Backend WEB = Backend.of("web", "shop", 80);
    private static final Resilience CALM = new Resilience(null, Retries.none(), null, null, null, null, null);

    @Test
    void binds_a_host_to_a_gateway_of_another_namespace() {
        JsonNode service = rendered(Claim.of(WEB, Route.of(SHOP), CALM, null));

        assertThat(service.at("/apiVersion").asText()).isEqualTo("networking.istio.io/v1");
        assertThat(service.at("/metadata/name").asText()).isEqualTo("shop-example-org");
        assertThat(service.at("/spec/gateways/0").asText()).isEqualTo("edge/gateway");
        assertThat(service.at("/spec/http/0/route/0/destination").toString())
                .isEqualTo("{\"host\":\"web.shop.svc.cluster.local\",\"port\":{\"number\":80}}");
    }

    @Test
    void takes_a_path_and_what_lies_below_it_and_not_its_neighbours() {
        JsonNode service = rendered(Claim.of(WEB, Route.prefix(SHOP, "/api"), CALM, null));

        assertThat(service.at("/spec/http/0/match/0/uri").toString()).isEqualTo("{\"exact\":\"/api\"}");
        assertThat(service.at("/spec/http/0/match/1/uri").toString()).isEqualTo("{\"prefix\":\"/api/\"}");
    }

    @Test
    void says_timeout_and_retries_on_every_route() {
        JsonNode http = rendered(Claim.of(WEB, Route.of(SHOP))).at("/spec/http");

        assertThat(http).allMatch(route -> route.at("/timeout").asText().equals("15s"));
        assertThat(http.at("/0/retries").toString())
                .isEqualTo(
                        "{\"attempts\":2,\"perTryTimeout\":\"5s\","
                                + "\"retryOn\":\"connect-failure,refused-stream,reset-before-request,unavailable,gateway-error\"}");
        assertThat(http.at("/1/retries").toString()).isEqualTo("{\"attempts\":0}");
    }

    @Test
    void leaves_the_timeout_of_a_stream_away_because_istio_admits_no_zero() {
        Route chat = Route.prefix(SHOP, "/chat").streaming(Stream.of("sse"));
        JsonNode service = rendered(Claim.of(WEB, chat));

        assertThat(service.at("/spec/http/0").has("timeout")).isFalse();
        assertThat(service.at("/spec/http/0/retries/attempts").asInt()).isZero();
        assertThat(service.at("/metadata/annotations/meshwright.io~1streams").asText())
                .isEqualTo("web-chat: sse, heartbeat 30s, idle timeout 1h");
    }

    @Test
    void carries_one_cors_policy_on_every_route() {
        Cors cors =
                new Cors(List.of("https://app.example.org"), List.of(HttpMethod.GET), List.of("*"), null, true, null);
        JsonNode http = rendered(RouteTable.of(SHOP)
                        .cors(cors)
                        .claim(Claim.of(WEB, Route.of(SHOP)))
                        .build())
                .at("/spec/http");

        assertThat(http)
                .hasSize(2)
                .allMatch(route -> route.at("/corsPolicy")
                        .toString()
                        .equals("{\"allowCredentials\":true,"
                                + "\"allowHeaders\":[\"*\"],\"allowMethods\":[\"GET\"],\"allowOrigins\":[{\"exact\":\"https://app.example.org\"}],"
                                + "\"maxAge\":\"3600s\",\"unmatchedPreflights\":\"IGNORE\"}"));
    }

    @Test
    void rewrites_the_path_below_a_prefix_without_losing_a_slash() {
        assertThat(rewrite(Route.prefix(SHOP, "/api"), "/")).isEqualTo("{\"uri\":\"/\"}");
        assertThat(rewrite(Route.prefix(SHOP, "/api"), "/v2"))
                .isEqualTo("{\"uriRegexRewrite\":{\"match\":\"^/api\",\"rewrite\":\"/v2\"}}");
        assertThat(rewrite(Route.of(SHOP), "/app")).isEqualTo("{\"uri\":\"/app/\"}");
    }

    @Test
    void writes_conditions_as_istio_reads_them() {
        Map<String, TextMatch> without = new LinkedHashMap<>();
        without.put("x-old", TextMatch.anything());
        RouteMatch match = new RouteMatch(
                List.of(HttpMethod.PUT, HttpMethod.DELETE),
                Map.of("x-any", TextMatch.anything()),
                without,
                Map.of("v", TextMatch.exact("2")),
                Map.of("a.b", TextMatch.exact("c")));
        JsonNode rendered = rendered(RouteTable.of(SHOP)
                        .verifiesTokens(true)
                        .claim(Claim.of(WEB, Route.of(SHOP).matching(match), CALM, null))
                        .build())
                .at("/spec/http/0/match/0");

        assertThat(rendered.at("/method/regex").asText()).isEqualTo("PUT|DELETE");
        assertThat(rendered.at("/headers").toString())
                .isEqualTo("{\"@request.auth.claims[a.b]\":{\"exact\":\"c\"},\"x-any\":{\"regex\":\".*\"}}");
        assertThat(rendered.at("/withoutHeaders/x-old/regex").asText()).isEqualTo("*");
        assertThat(rendered.at("/queryParams/v/exact").asText()).isEqualTo("2");
    }

    @Test
    void copies_requests_to_the_version_that_nobody_sees() {
        Shadow shadow = new Shadow(Variant.named("v1"), Variant.named("v2"), Percent.of(5));
        JsonNode http = rendered(Claim.of(WEB, Route.of(SHOP), CALM, shadow)).at("/spec/http/0");

        assertThat(http.at("/route/0/destination/subset").asText()).isEqualTo("v1");
        assertThat(http.at("/mirrors/0/destination/subset").asText()).isEqualTo("v2");
        assertThat(http.at("/mirrors/0/percentage/value").asInt()).isEqualTo(5);
    }

    @Test
    void refuses_cookies_for_callers_in_the_mesh() {
        Canary sticky = new Canary(
                null,
                List.of(Canary.Version.of("v1", 90), Canary.Version.of("v2", 10)),
                null,
                Sticky.cookie("version"),
                null,
                null);
        RouteTable table = RouteTable.of(SHOP)
                .claim(Claim.of(WEB, Route.of(SHOP), CALM, sticky))
                .build();

        assertThatThrownBy(() -> new HostRoutes.Props(
                        null, Name.of("shop"), List.of(HostRoutes.MESH), List.of(), table, Map.of()))
                .hasMessageStartingWith("sticky: needs callers that keep cookies");
    }

    @Test
    void refuses_a_timeout_on_the_route_of_a_tool_that_keeps_answers_open() {
        RouteTable table =
                RouteTable.of(SHOP).claim(Claim.of(WEB, Route.of(SHOP))).build();

        assertThatThrownBy(() -> new HostRoutes.Props(
                        null,
                        Name.of("shop"),
                        List.of("shop/edge"),
                        List.of(),
                        table,
                        Map.of(WEB.service(), StreamingTool.GRAFANA)))
                .hasMessageStartingWith(
                        "timeout: \"15s\" would cut off what shop/web keeps open; set 0s on the routes of the tool");
    }

    private static String rewrite(Route route, String path) {
        Route rewritten = Route.builder()
                .host(route.host())
                .prefix(route.prefix())
                .rewrite(Rewrite.path(path))
                .build();
        return rendered(Claim.of(WEB, rewritten, CALM, null))
                .at("/spec/http/0/rewrite")
                .toString();
    }

    private static JsonNode rendered(Claim claim) {
        return rendered(RouteTable.of(SHOP).claim(claim).build());
    }

    private static JsonNode rendered(RouteTable table) {
        return Rendered.of(chart -> HostRoutes.Builder.create(chart, "routes")
                        .namespace(Name.of("shop"))
                        .gateway("edge/gateway")
                        .table(table)
                        .build())
                .only("VirtualService");
    }
}
