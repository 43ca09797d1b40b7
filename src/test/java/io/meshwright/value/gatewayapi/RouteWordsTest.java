package io.meshwright.value.gatewayapi;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.meshwright.value.Duration;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Percent;
import io.meshwright.value.Port;
import io.meshwright.value.edge.BodyLimit;
import io.meshwright.value.edge.Maintenance;
import io.meshwright.value.edge.SecurityHeaders;
import io.meshwright.value.traffic.Fault;
import io.meshwright.value.traffic.HeaderOperations;
import io.meshwright.value.traffic.Headers;
import io.meshwright.value.traffic.Redirect;
import io.meshwright.value.traffic.Respond;
import io.meshwright.value.traffic.Rewrite;
import io.meshwright.value.traffic.Route;
import io.meshwright.value.traffic.RouteMatch;
import io.meshwright.value.traffic.Stream;
import io.meshwright.value.traffic.TextMatch;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteWordsTest {
    private static final Host SHOP = Host.of("shop.example.org");
    private static final String WAY_ROUND = ", or bring it by a gateway with api: networking.istio.io";

    @Test
    void says_what_httproutes_have_words_for() {
        assertThat(refusals(route().match(RouteMatch.everything().withHeader("x-a", TextMatch.anything()))
                        .rewrite(new Rewrite("/v2", null))
                        .headers(new Headers(setting(16, "v"), adding(16, "v")))
                        .maxRequestBytes(BodyLimit.of("none"))
                        .maintenance(new Maintenance(false, null, null, null, null))))
                .isEmpty();
    }

    @Test
    void refuses_conditions_on_absence_tokens_and_nothing() {
        assertThat(refusals(route().match(RouteMatch.everything().except("x-a", "1"))))
                .containsExactly("match.withoutHeaders: cannot be said by an HTTPRoute, whose headers must match; name"
                        + " what the header may be in match.headers" + WAY_ROUND);
        assertThat(refusals(route().match(RouteMatch.everything().withClaim("group", TextMatch.exact("a")))))
                .containsExactly("match.claims: cannot be said by an HTTPRoute, which reads headers; decide by a header"
                        + WAY_ROUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exact", "prefix", "regex"})
    void refuses_to_compare_with_nothing(String way) {
        TextMatch nothing = switch (way) {
            case "exact" -> TextMatch.exact("");
            case "prefix" -> new TextMatch(null, "", null, null);
            default -> TextMatch.regex("");
        };
        String told = ": \"\" cannot be said by an HTTPRoute, which compares with one letter at least; ask for a value"
                + WAY_ROUND;

        assertThat(refusals(route().match(RouteMatch.everything().withHeader("x-a", nothing))))
                .containsExactly("match.headers.x-a" + told);
        assertThat(refusals(route().match(new RouteMatch(null, null, null, Map.of("q", nothing), null))))
                .containsExactly("match.queryParams.q" + told);
    }

    @Test
    void refuses_answers_of_the_proxy_and_faults() {
        assertThat(refusals(route().respond(Respond.status(503))))
                .containsExactly("respond: cannot be said by an HTTPRoute, which answers nothing itself; let a service"
                        + " answer" + WAY_ROUND);
        assertThat(refusals(route().maintenance(new Maintenance(true, null, null, null, null))))
                .containsExactly("maintenance: cannot be said by an HTTPRoute, which answers nothing itself; let a"
                        + " service answer" + WAY_ROUND);
        assertThat(refusals(route().fault(new Fault(null, new Fault.Abort(503, Percent.of(1))))))
                .containsExactly("fault: cannot be said by an HTTPRoute, which fails nothing on purpose; say it in a"
                        + " route for callers in the mesh" + WAY_ROUND);
    }

    @Test
    void refuses_streams_and_limits_of_bodies() {
        assertThat(refusals(route().stream(Stream.of(Stream.Protocol.SSE))))
                .containsExactly("stream: has connections of its own by a subset, which an HTTPRoute cannot name; write"
                        + " timeout: 0s and retries: {attempts: 0}" + WAY_ROUND);
        assertThat(refusals(route().maxRequestBytes(BodyLimit.of("10Mi"))))
                .containsExactly("maxRequestBytes: is kept by the name that Istio's kinds give a route in Envoy; let"
                        + " the service limit bodies" + WAY_ROUND);
    }

    @Test
    void refuses_a_path_in_the_place_of_the_root_or_of_an_expression() {
        assertThat(refusals(Route.builder().host(SHOP).prefix("/").rewrite(Rewrite.path("/v2"))))
                .containsExactly("rewrite.path: \"/v2\" takes the place of the root in no HTTPRoute; give the route a"
                        + " prefix below /, or the service a root path" + WAY_ROUND);
        assertThat(refusals(Route.builder().host(SHOP).regex("/a/.*").rewrite(Rewrite.path("/v2"))))
                .singleElement()
                .asString()
                .startsWith("rewrite.path: \"/v2\" takes the place of what an expression takes in no HTTPRoute");
        assertThat(refusals(Route.builder().host(SHOP).prefix("/").rewrite(new Rewrite(null, SHOP))))
                .isEmpty();
    }

    @Test
    void changes_16_headers_of_a_kind_and_sets_none_to_nothing() {
        String more = ": change more than 16 headers, those for browsers counted, which an HTTPRoute cannot; change"
                + " fewer" + WAY_ROUND;
        String nothing = ": set \"\", which an HTTPRoute cannot; remove the header instead" + WAY_ROUND;

        assertThat(refusals(route().headers(new Headers(setting(17, "v"), adding(17, "v")))))
                .containsExactly("headers.request" + more, "headers.response" + more);
        assertThat(refusals(route().headers(new Headers(removing(16), removing(17)))))
                .containsExactly("headers.response" + more);
        assertThat(refusals(route().headers(new Headers(setting(1, ""), adding(1, "")))))
                .containsExactly("headers.request" + nothing, "headers.response" + nothing);
    }

    @Test
    void counts_headers_for_browsers_among_those_of_the_answer() {
        Headers fourteen = new Headers(null, setting(14, "v"));

        assertThat(refusals(route().headers(fourteen))).isEmpty();
        assertThat(refusals(route().headers(fourteen).securityHeaders(SecurityHeaders.defaults())))
                .singleElement()
                .asString()
                .startsWith("headers.response: change more than 16 headers");
    }

    @Test
    void a_redirect_without_a_port_keeps_an_unusual_one() {
        Route away =
                route().redirect(new Redirect(null, SHOP, null, null, null)).build();
        Route further = route().redirect(new Redirect(null, SHOP, null, Port.of(8443), null))
                .build();

        assertRefused(() -> RouteWords.refuseKeptPort(away, 8080))
                .isEqualTo("redirect: says no port, and keeps \"8080\" by Istio's kinds alone; add redirect.port"
                        + WAY_ROUND);
        for (int usual : new int[] {80, 443}) {
            assertThatCode(() -> RouteWords.refuseKeptPort(away, usual)).doesNotThrowAnyException();
        }
        assertThatCode(() -> RouteWords.refuseKeptPort(further, 8080)).doesNotThrowAnyException();
        assertThatCode(() -> RouteWords.refuseKeptPort(
                        route().timeout(Duration.of("1s")).build(), 8080))
                .doesNotThrowAnyException();
    }

    private static List<String> refusals(Route.Builder route) {
        return RouteWords.refusals(route.build()).stream()
                .map(InvalidValue::getMessage)
                .toList();
    }

    private static Route.Builder route() {
        return Route.builder().host(SHOP).prefix("/api");
    }

    private static HeaderOperations setting(int headers, String value) {
        return new HeaderOperations(named(headers, value), null, null);
    }

    private static HeaderOperations adding(int headers, String value) {
        return new HeaderOperations(null, named(headers, value), null);
    }

    private static HeaderOperations removing(int headers) {
        return new HeaderOperations(null, null, List.copyOf(named(headers, "").keySet()));
    }

    private static Map<String, String> named(int headers, String value) {
        return IntStream.range(0, headers).boxed().collect(Collectors.toMap("x-%d"::formatted, i -> value));
    }
}
