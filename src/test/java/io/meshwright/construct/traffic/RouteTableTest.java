package io.meshwright.construct.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.Duration;
import io.meshwright.value.Host;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.edge.Maintenance;
import io.meshwright.value.edge.SecurityHeaders;
import io.meshwright.value.edge.SecurityHeaders.FrameOptions;
import io.meshwright.value.traffic.AbTest;
import io.meshwright.value.traffic.BlueGreen;
import io.meshwright.value.traffic.Canary;
import io.meshwright.value.traffic.ConnectionPool;
import io.meshwright.value.traffic.Cors;
import io.meshwright.value.traffic.HeaderOverride;
import io.meshwright.value.traffic.Redirect;
import io.meshwright.value.traffic.Release;
import io.meshwright.value.traffic.Resilience;
import io.meshwright.value.traffic.Retries;
import io.meshwright.value.traffic.Route;
import io.meshwright.value.traffic.RouteMatch;
import io.meshwright.value.traffic.Step;
import io.meshwright.value.traffic.Sticky;
import io.meshwright.value.traffic.Stream;
import io.meshwright.value.traffic.TextMatch;
import io.meshwright.value.traffic.Variant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static final Host SHOP = Host.of("shop.example.org");
    private static final Backend WEB = Backend.of("web", "shop", 80);
    private static final Backend API = Backend.of("api", "shop", 8080);
    private static final Cors CORS = new Cors(List.of("https://app.example.org"), null, null, null, null, null);
    private static final Resilience CALM = new Resilience(null, Retries.none(), null, null, null, null, null);
    private static final Canary CANARY = Canary.plain(
            List.of(Canary.Version.of("v1", 90), Canary.Version.of("v2", 10)), HeaderOverride.by("canary"));

    @Test
    void asks_again_only_for_what_may_be_asked_twice() {
        RouteTable table = table(Claim.of(WEB, Route.of(SHOP)));

        assertThat(names(table)).containsExactly("web-root-safe", "web-root");
        assertThat(table.rules().get(0).match().methods())
                .containsExactly(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
        assertThat(table.rules().get(0).retries().attempts()).isEqualTo(2);
        assertThat(table.rules().get(1).retries().isNone()).isTrue();
    }

    @Test
    void answers_everything_itself_in_a_maintenance_and_keeps_its_routes_for_whoever_gets_through() {
        Maintenance closing = new Maintenance(null, Duration.of("5m"), null, null, Map.of("X-Preview", "a"));
        RouteTable table = RouteTable.of(SHOP)
                .claim(Claim.of(WEB, Route.of(SHOP)))
                .maintenance(closing)
                .build();

        assertThat(names(table)).containsExactly("maintenance", "web-root-safe", "web-root");
        RouteRule first = table.rules().get(0);
        assertThat(first.match().withoutHeaders()).containsEntry("x-preview", TextMatch.exact("a"));
        assertThat(first.route().respond().status()).isEqualTo(503);
        assertThat(first.route().headers().response().set()).containsEntry("retry-after", "300");
        assertThat(names(RouteTable.of(SHOP)
                        .claim(Claim.of(WEB, Route.of(SHOP)))
                        .maintenance(new Maintenance(false, null, null, null, null))
                        .build()))
                .containsExactly("web-root-safe", "web-root");
    }

    @Test
    void tells_browsers_what_the_route_says_and_then_the_host() {
        SecurityHeaders host =
                new SecurityHeaders(null, "default-src 'self'", null, null, FrameOptions.DENY, null, null, null, null);
        SecurityHeaders route = new SecurityHeaders(null, null, null, null, FrameOptions.NONE, null, null, null, null);
        RouteTable table = RouteTable.of(SHOP)
                .claim(Claim.of(WEB, Route.prefix(SHOP, "/embed").guarded(route), CALM, null))
                .securityHeaders(host)
                .inPlainText(true)
                .build();

        assertThat(table.rules().get(0).route().allHeaders().response().set())
                .containsEntry("content-security-policy", "default-src 'self'")
                .containsEntry("x-content-type-options", "nosniff")
                .doesNotContainKeys("x-frame-options", "strict-transport-security");
    }

    @Test
    void needs_one_route_where_the_service_is_idempotent_or_nothing_is_retried() {
        Resilience idempotent = new Resilience(null, new Retries(null, null, null, true), null, null, null, null, null);

        assertThat(names(table(Claim.of(WEB, Route.of(SHOP), idempotent, null))))
                .containsExactly("web-root");
        assertThat(names(table(Claim.of(WEB, Route.of(SHOP), CALM, null)))).containsExactly("web-root");
    }

    @Test
    void puts_longer_paths_of_other_services_first() {
        RouteTable table = table(calm(WEB, "/"), calm(API, "/api"), calm(API, "/api/v1"));

        assertThat(names(table)).containsExactly("api-api-v1", "api-api", "web-root");
    }

    @Test
    void refuses_two_owners_of_one_host_and_path() {
        assertThatThrownBy(() -> table(calm(WEB, "/api"), calm(API, "/api/")))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("routes: path \"/api\" of host shop.example.org has two owners, shop/web and shop/api; "
                        + "give it to one of them, or give one a longer path");
    }

    @Test
    void refuses_a_route_that_another_one_hides() {
        assertThatThrownBy(() -> table(calm(WEB, "/api"), calm(WEB, "/api")))
                .hasMessageContaining("has the same conditions twice, so the second would never be used");
    }

    @Test
    void tries_the_header_override_before_the_weights() {
        RouteTable table = table(Claim.of(WEB, Route.of(SHOP), CALM, CANARY));

        assertThat(names(table)).containsExactly("web-root-by-canary", "web-root");
        assertThat(table.rules().get(0).shares())
                .extracting(share -> share.subset().orElseThrow())
                .containsExactly("v2");
        assertThat(table.rules().get(1).shares())
                .extracting(share -> share.weight().value())
                .containsExactly(90, 10);
    }

    @Test
    void keeps_timeout_and_retries_on_every_route_of_a_release() {
        Resilience quick = new Resilience(Duration.of("3s"), null, null, null, null, null, null);
        RouteTable table = table(Claim.of(WEB, Route.of(SHOP), quick, CANARY));

        assertThat(names(table))
                .containsExactly("web-root-by-canary-safe", "web-root-by-canary", "web-root-safe", "web-root");
        assertThat(table.rules()).allMatch(rule -> rule.timeout().equals(Duration.of("3s")));
    }

    @Test
    void gives_a_preflight_a_way_past_methods_headers_and_redirects() {
        Route posted =
                Route.prefix(SHOP, "/orders").matching(RouteMatch.everything().withMethods(List.of(HttpMethod.POST)));
        Route hidden = Route.prefix(SHOP, "/beta")
                .matching(RouteMatch.everything().withHeader("x-group", TextMatch.exact("beta")));
        Route moved = Route.builder()
                .host(SHOP)
                .prefix("/old")
                .redirect(new Redirect(null, Host.of("www.example.org"), null, null, null))
                .build();
        RouteTable table = RouteTable.of(SHOP)
                .cors(CORS)
                .claims(List.of(Claim.of(WEB, posted), Claim.of(WEB, hidden), Claim.of(WEB, moved)))
                .build();

        assertThat(names(table))
                .containsExactly(
                        "web-orders-preflight",
                        "web-orders",
                        "web-beta-safe",
                        "web-beta",
                        "web-beta-preflight",
                        "web-old-preflight",
                        "web-old");
    }

    @Test
    void adds_no_preflight_where_a_plain_route_takes_it_or_nobody_calls_across_origins() {
        Route posted =
                Route.prefix(SHOP, "/orders").matching(RouteMatch.everything().withMethods(List.of(HttpMethod.POST)));

        assertThat(names(RouteTable.of(SHOP).cors(CORS).claim(calm(WEB, "/")).build()))
                .containsExactly("web-root");
        assertThat(names(table(Claim.of(WEB, posted)))).containsExactly("web-orders");
    }

    @Test
    void leaves_streams_without_timeout_and_retries_in_a_subset_of_their_own() {
        Route chat = Route.prefix(SHOP, "/chat").streaming(Stream.of("sse"));
        RouteRule rule = table(Claim.of(WEB, chat)).rules().get(0);

        assertThat(rule.timeout().isZero()).isTrue();
        assertThat(rule.retries().isNone()).isTrue();
        assertThat(rule.shares().get(0).subset()).contains("streaming");
    }

    @Test
    void refuses_a_stream_whose_pool_argo_rollouts_would_remove() {
        Route chat = Route.prefix(SHOP, "/chat").streaming(Stream.of("sse"));
        Resilience pool = new Resilience(
                null, null, new ConnectionPool(new ConnectionPool.Tcp(10, null), null), null, null, null, null);
        Canary steps = Canary.rollouts(List.of(Step.of(10)), null, null);

        assertThatThrownBy(() -> Claim.of(WEB, chat, pool, steps))
                .hasMessageStartingWith("stream: would share the limits");
        assertThat(Claim.of(WEB, chat, null, steps).timeout().isZero()).isTrue();
    }

    @Test
    void names_the_routes_that_argo_rollouts_may_write() {
        Canary steps = Canary.rollouts(List.of(Step.of(10)), HeaderOverride.by("canary"), null);
        RouteTable table = table(Claim.of(WEB, Route.of(SHOP), CALM, steps), calm(API, "/api"));

        assertThat(table.managed(WEB)).containsExactly("web-root");
        assertThat(table.managed(API)).isEmpty();
        assertThat(table.rules().get(2).shares())
                .extracting(share -> share.weight().value())
                .containsExactly(100, 0);
    }

    @Test
    void sends_a_group_to_its_version_by_header_cookie_or_claim() {
        List<AbTest.Version> versions = List.of(AbTest.Version.of("v1"), AbTest.Version.of("v2", "beta", "staff"));

        assertThat(abTest(new AbTest.By("x-group", null, null), versions).headers())
                .containsEntry("x-group", TextMatch.regex("beta|staff"));
        assertThat(abTest(new AbTest.By(null, "group", null), versions).headers())
                .containsEntry("cookie", TextMatch.regex("(.*; *)?group=(beta|staff)(;.*)?"));
        assertThat(abTest(new AbTest.By(null, null, "group"), versions).claims())
                .containsEntry("group", TextMatch.regex("beta|staff"));
    }

    @Test
    void refuses_to_decide_by_a_claim_where_nobody_verifies_tokens() {
        Release byClaim = new AbTest(
                new AbTest.By(null, null, "group"), List.of(AbTest.Version.of("v1"), AbTest.Version.of("v2", "beta")));

        assertThatThrownBy(() -> table(Claim.of(WEB, Route.of(SHOP), CALM, byClaim)))
                .hasMessage(
                        "claims: decide on route \"web-root-for-v2\" of host shop.example.org, where nobody verifies"
                                + " tokens; declare jwt for the host and route through the gateway, or decide by a header"
                                + " or cookie");
    }

    @Test
    void refuses_a_header_by_which_route_and_release_both_decide() {
        Route beta = Route.of(SHOP).matching(RouteMatch.everything().withHeader("canary", TextMatch.exact("x")));

        assertThatThrownBy(() -> table(Claim.of(WEB, beta, CALM, CANARY)))
                .hasMessageStartingWith("match.headers: \"canary\" is also what the release decides by");
    }

    @Test
    void keeps_a_visitor_at_his_version_by_a_cookie() {
        Canary sticky = new Canary(
                null,
                List.of(Canary.Version.of("v1", 90), Canary.Version.of("v2", 10), Canary.Version.of("v3", 0)),
                null,
                Sticky.cookie("version"),
                null,
                null);
        RouteTable table = table(Claim.of(WEB, Route.of(SHOP), CALM, sticky));

        assertThat(names(table)).containsExactly("web-root-at-v1", "web-root-at-v2", "web-root");
        assertThat(table.rules().get(2).shares().get(1).cookie())
                .contains("version=v2; Max-Age=3600; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    void shows_the_other_version_of_blue_green_at_its_preview_host() {
        Host preview = Host.of("preview.example.org");
        Release release =
                new BlueGreen(List.of(Variant.named("blue"), Variant.named("green")), Name.of("green"), preview);
        var byHost = Claim.byHost(List.of(Claim.of(WEB, Route.of(SHOP), CALM, release)));

        assertThat(byHost.keySet()).containsExactly(preview, SHOP);
        assertThat(subset(RouteTable.of(preview).claims(byHost.get(preview)).build()))
                .contains("blue");
        assertThat(subset(RouteTable.of(SHOP).claims(byHost.get(SHOP)).build())).contains("green");
    }

    private static RouteTable table(Claim... claims) {
        return RouteTable.of(SHOP).claims(List.of(claims)).build();
    }

    private static Claim calm(Backend backend, String prefix) {
        return Claim.of(backend, Route.prefix(SHOP, prefix), CALM, null);
    }

    private static RouteMatch abTest(AbTest.By by, List<AbTest.Version> versions) {
        return RouteTable.of(SHOP)
                .verifiesTokens(true)
                .claim(Claim.of(WEB, Route.of(SHOP), CALM, new AbTest(by, versions)))
                .build()
                .rules()
                .get(0)
                .match();
    }

    private static Optional<String> subset(RouteTable table) {
        return table.rules().get(0).shares().get(0).subset();
    }

    private static List<String> names(RouteTable table) {
        return table.rules().stream().map(RouteRule::name).toList();
    }
}
