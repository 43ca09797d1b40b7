package io.meshwright.value.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.Duration;
import io.meshwright.value.Host;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.InvalidValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTest {
    private static final Host SHOP = Host.of("shop.example.org");

    @Test
    void takes_every_path_with_the_prefix_slash() {
        assertThat(Route.of(SHOP).path().isRoot()).isTrue();
    }

    @Test
    void wants_one_path_and_not_two_or_none() {
        assertThatThrownBy(() -> route("/a", "/b", null))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("exact: the path is said in 2 ways; give one of exact, prefix and regex; / is every path");
        assertThatThrownBy(() -> route(null, null, null)).hasMessageStartingWith("prefix: the path is said in 0 ways");
    }

    @Test
    void drops_the_slash_at_the_end_of_a_prefix() {
        assertThat(Route.prefix(SHOP, "/api/").path()).isEqualTo(RoutePath.prefix("/api"));
    }

    @Test
    void refuses_paths_that_no_client_asks_for() {
        assertThatThrownBy(() -> Route.prefix(SHOP, "api"))
                .hasMessage("prefix: \"api\" does not begin with /; put / in front");
        assertThatThrownBy(() -> Route.prefix(SHOP, "/api/**"))
                .hasMessage(
                        "prefix: \"/api/**\" has an empty or starred segment; write one / between segments and leave"
                                + " out *: a prefix takes everything below it");
        assertThatThrownBy(() -> Route.prefix(SHOP, "/a//b"))
                .hasMessageStartingWith("prefix: \"/a//b\" has an empty or starred segment");
        assertThatThrownBy(() -> Route.prefix(SHOP, "/a?b=c"))
                .hasMessageStartingWith("prefix: \"/a?b=c\" has characters that no path has");
    }

    @Test
    void refuses_an_expression_that_envoy_cannot_read() {
        assertThatThrownBy(() -> route(null, null, "/a(?=b)"))
                .hasMessageStartingWith("regex: \"/a(?=b)\" is not an RE2 expression");
        assertThatThrownBy(() -> route(null, null, "a.*"))
                .hasMessageStartingWith("regex: \"a.*\" does not begin with /");
    }

    @Test
    void refuses_a_timeout_on_a_stream() {
        assertThatThrownBy(() -> streaming(Duration.of("30s"), null))
                .hasMessage(
                        "timeout: \"30s\" would cut every stream off at that age; remove it; a stream has no response"
                                + " timeout");
        assertThat(streaming(Duration.of("0s"), null).streams()).isTrue();
    }

    @Test
    void refuses_retries_on_a_stream() {
        assertThatThrownBy(() -> streaming(null, Retries.defaults()))
                .hasMessageStartingWith("retries: cannot repeat a stream");
        assertThat(streaming(null, Retries.none()).streams()).isTrue();
    }

    @Test
    void refuses_retries_of_a_post_that_nobody_called_idempotent() {
        assertThatThrownBy(() -> retried(List.of(HttpMethod.POST), false))
                .hasMessageStartingWith("retries: would send [POST] twice");
        assertThat(retried(List.of(HttpMethod.POST), true).retries().idempotent())
                .isTrue();
        assertThat(retried(List.of(HttpMethod.GET, HttpMethod.POST), false)
                        .retries()
                        .isNone())
                .isFalse();
    }

    @Test
    void refuses_tries_that_outlive_the_timeout() {
        Retries slow = new Retries(2, Duration.of("5s"), null, null);

        assertThatThrownBy(() -> timed(Duration.of("14s"), slow))
                .hasMessageStartingWith(
                        "retries.perTryTimeout: \"5s\" for the first try and 2 more takes 15s, longer than the timeout"
                                + " 14s");
        assertThat(timed(Duration.of("15s"), slow).retries()).isEqualTo(slow);
    }

    @Test
    void refuses_a_redirect_that_also_asks_the_service() {
        Redirect away = new Redirect(null, Host.of("www.example.org"), null, null, null);

        assertThatThrownBy(() -> Route.builder()
                        .host(SHOP)
                        .prefix("/")
                        .rewrite(Rewrite.path("/x"))
                        .redirect(away)
                        .build())
                .hasMessageStartingWith("redirect: ends the request in the proxy");
        assertThatThrownBy(() -> Route.builder()
                        .host(SHOP)
                        .prefix("/")
                        .redirect(away)
                        .respond(Respond.status(200))
                        .build())
                .hasMessageStartingWith("respond: is given beside redirect");
    }

    @Test
    void reads_header_names_in_any_case_and_refuses_those_that_are_fields() {
        assertThat(RouteMatch.everything()
                        .withHeader("X-Group", TextMatch.exact("beta"))
                        .headers())
                .containsOnlyKeys("x-group");
        assertThatThrownBy(() -> RouteMatch.everything().withHeader("Host", TextMatch.exact("a")))
                .hasMessageStartingWith("headers: \"Host\" is part of the request, not a header");
        assertThatThrownBy(() -> new RouteMatch(
                        null, Map.of("A", TextMatch.exact("x"), "a", TextMatch.exact("y")), null, null, null))
                .hasMessageStartingWith("headers: \"a\" is given twice");
    }

    @Test
    void refuses_a_beat_that_is_slower_than_the_idle_timeout() {
        assertThatThrownBy(() -> new Stream(Stream.Protocol.SSE, Duration.of("1h"), Duration.of("1h")))
                .hasMessageStartingWith("heartbeat: \"1h\" is not shorter than the idle timeout 1h");
    }

    @Test
    void refuses_values_that_change_nothing_or_lead_nowhere() {
        assertThatThrownBy(() -> new Rewrite(null, null)).hasMessage("changes nothing; give path or host");
        assertThatThrownBy(() -> new Redirect(null, null, null, null, null)).hasMessageStartingWith("leads nowhere");
        assertThatThrownBy(() -> new Redirect(null, null, "/x", null, 304))
                .hasMessageStartingWith("code: \"304\" is not a redirect");
        assertThatThrownBy(() -> new Fault(null, null)).hasMessage("does nothing; give delay or abort");
        assertThatThrownBy(() -> new Mirror(null, null)).hasMessage("service: is missing; add it");
        assertThatThrownBy(() -> new HeaderOperations(Map.of("Host", "x"), null, null))
                .hasMessageContaining("use rewrite.host");
    }

    private static Route route(String exact, String prefix, String regex) {
        return Route.builder()
                .host(SHOP)
                .exact(exact)
                .prefix(prefix)
                .regex(regex)
                .build();
    }

    private static Route streaming(Duration timeout, Retries retries) {
        return Route.builder().host(SHOP).prefix("/chat").timeout(timeout).retries(retries).stream(
                        Stream.of(Stream.Protocol.SSE))
                .build();
    }

    private static Route retried(List<HttpMethod> methods, boolean idempotent) {
        return Route.builder()
                .host(SHOP)
                .prefix("/")
                .match(RouteMatch.everything().withMethods(methods))
                .retries(new Retries(1, null, null, idempotent))
                .build();
    }

    private static Route timed(Duration timeout, Retries retries) {
        return Route.builder()
                .host(SHOP)
                .prefix("/")
                .timeout(timeout)
                .retries(retries)
                .build();
    }
}
