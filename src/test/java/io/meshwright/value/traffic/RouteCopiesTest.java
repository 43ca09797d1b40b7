package io.meshwright.value.traffic;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.Duration;
import io.meshwright.value.Host;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.Name;
import io.meshwright.value.Percent;
import io.meshwright.value.Port;
import io.meshwright.value.edge.BodyLimit;
import io.meshwright.value.edge.Maintenance;
import io.meshwright.value.edge.SecurityHeaders;
import io.meshwright.value.edge.SecurityHeaders.FrameOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Routes that are made of another, and what a route has beside its path. */
class RouteCopiesTest {
    private static final Host SHOP = Host.of("shop.example.org");
    private static final Stream SSE = Stream.of(Stream.Protocol.SSE);
    private static final Route FULL = Route.builder()
            .host(SHOP)
            .prefix("/api")
            .match(RouteMatch.everything().withMethods(List.of(HttpMethod.GET)))
            .port(Port.of(8080))
            .rewrite(Rewrite.path("/v2"))
            .headers(new Headers(new HeaderOperations(Map.of("x-a", "1"), null, null), null))
            .mirror(Mirror.to("shadow"))
            .fault(new Fault(null, new Fault.Abort(503, Percent.of(1))))
            .timeout(Duration.of("5s"))
            .retries(Retries.none())
            .gateways(List.of(Name.of("inner")))
            .securityHeaders(SecurityHeaders.defaults())
            .maintenance(new Maintenance(false, null, null, null, null))
            .maxRequestBytes(BodyLimit.of("10Mi"))
            .build();

    @Test
    void the_same_with_one_thing_changed_keeps_all_else() {
        RouteMatch posts = RouteMatch.everything().withMethods(List.of(HttpMethod.POST));
        Host other = Host.of("www.example.org");

        assertThat(FULL.toBuilder().build()).isEqualTo(FULL);
        assertThat(FULL.matching(posts)).isEqualTo(FULL.toBuilder().match(posts).build());
        assertThat(FULL.matching(posts).match()).isEqualTo(posts);
        assertThat(FULL.at(other).host()).isEqualTo(other);
        assertThat(FULL.at(other).at(SHOP)).isEqualTo(FULL);
        assertThat(Route.of(SHOP).streaming(SSE).stream()).isEqualTo(SSE);
        assertThat(Route.exact(SHOP, "/login").path()).isEqualTo(RoutePath.exact("/login"));
    }

    @Test
    void a_wider_place_fills_what_browsers_are_not_told() {
        SecurityHeaders denying =
                new SecurityHeaders(null, null, null, null, FrameOptions.DENY, null, null, null, null);

        assertThat(FULL.guarded(denying).securityHeaders()).isEqualTo(denying);
        assertThat(Route.of(SHOP).guarded(denying).securityHeaders()).isEqualTo(denying);
        assertThat(Route.of(SHOP)
                        .guarded(denying)
                        .guarded(new SecurityHeaders(
                                null, null, null, null, FrameOptions.SAMEORIGIN, null, "camera=()", null, null))
                        .securityHeaders()
                        .headers())
                .containsEntry("x-frame-options", "DENY")
                .containsEntry("permissions-policy", "camera=()");
    }

    @Test
    void closed_it_answers_the_same_requests() {
        Maintenance closing = new Maintenance(null, Duration.of("30m"), "soon", "text/html", null);

        assertThat(FULL.closed(closing))
                .isEqualTo(Route.builder()
                        .host(SHOP)
                        .prefix("/api")
                        .match(FULL.match())
                        .gateways(FULL.gateways())
                        .securityHeaders(FULL.securityHeaders())
                        .respond(new Respond(503, "soon"))
                        .headers(new Headers(
                                null,
                                new HeaderOperations(
                                        Map.of("retry-after", "1800", "content-type", "text/html"), null, null)))
                        .build());
    }

    @Test
    void plain_it_has_neither_conditions_nor_answers_nor_faults() {
        assertThat(FULL.plain())
                .isEqualTo(Route.builder()
                        .host(SHOP)
                        .prefix("/api")
                        .gateways(FULL.gateways())
                        .securityHeaders(FULL.securityHeaders())
                        .port(Port.of(8080))
                        .rewrite(FULL.rewrite())
                        .headers(FULL.headers())
                        .timeout(Duration.of("5s"))
                        .maxRequestBytes(BodyLimit.of("10Mi"))
                        .build());
        assertThat(Route.of(SHOP).streaming(SSE).plain().stream()).isEqualTo(SSE);
    }

    @Test
    void what_browsers_are_told_is_among_its_headers() {
        assertThat(Route.of(SHOP).allHeaders()).isEqualTo(Headers.none());
        assertThat(FULL.allHeaders().request()).isEqualTo(FULL.headers().request());
        assertThat(FULL.allHeaders().response().set())
                .isEqualTo(SecurityHeaders.defaults().headers());
    }

    @Test
    void comes_by_the_first_gateway_unless_others_are_named() {
        assertThat(Route.of(SHOP).isAt(Name.of("gateway"))).isTrue();
        assertThat(FULL.isAt(Name.of("gateway"))).isFalse();
        assertThat(FULL.isAt(Name.of("inner"))).isTrue();
    }

    @Test
    void is_answered_by_a_redirect_or_a_response() {
        assertThat(FULL.isAnswered()).isFalse();
        assertThat(to().redirect(new Redirect(null, null, "/x", null, null))
                        .build()
                        .isAnswered())
                .isTrue();
        assertThat(to().respond(Respond.status(200)).build().isAnswered()).isTrue();
    }

    @Test
    void refuses_to_keep_a_stream_until_its_end() {
        assertThat(to().stream(SSE).maxRequestBytes(BodyLimit.of("none")).build().stream())
                .isEqualTo(SSE);
        assertRefused(() ->
                        to().stream(SSE).maxRequestBytes(BodyLimit.of("1Mi")).build())
                .isEqualTo("maxRequestBytes: waits for the end of each request, which a stream does not have; remove"
                        + " it, or stream");
    }

    @Test
    void refuses_headers_and_exceptions_that_stand_twice() {
        HeaderOperations frames = new HeaderOperations(null, Map.of("X-Frame-Options", "DENY"), null);

        assertRefused(() -> to().headers(new Headers(null, frames))
                        .securityHeaders(SecurityHeaders.defaults())
                        .build())
                .startsWith("headers.response: changes \"X-Frame-Options\", which securityHeaders gives");
        assertThat(to().headers(new Headers(frames, null))
                        .securityHeaders(SecurityHeaders.defaults())
                        .build()
                        .headers()
                        .isNone())
                .isFalse();
        assertRefused(() -> to().match(RouteMatch.everything().except("x-preview", "1"))
                        .maintenance(new Maintenance(null, null, null, null, Map.of("x-preview", "2")))
                        .build())
                .startsWith("match.withoutHeaders: \"x-preview\" is also what lets requests through a maintenance");
    }

    @Test
    void each_of_what_reaches_a_service_is_refused_beside_an_answer() {
        String told = "respond: ends the request in the proxy, so nothing reaches the service; remove rewrite, mirror,"
                + " fault, stream, timeout and retries";

        for (Route.Builder route : List.of(
                to().rewrite(Rewrite.path("/x")),
                to().mirror(Mirror.to("shadow")),
                to().fault(FULL.fault()),
                to().stream(SSE),
                to().timeout(Duration.of("1s")),
                to().retries(Retries.none()))) {
            assertRefused(() -> route.respond(Respond.status(503)).build()).isEqualTo(told);
        }
    }

    private static Route.Builder to() {
        return Route.builder().host(SHOP).prefix("/");
    }
}
