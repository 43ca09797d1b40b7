package io.meshwright.value.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.HttpMethod;
import io.meshwright.value.gatewayapi.RouteOrder.Ranked;
import io.meshwright.value.gatewayapi.RouteOrder.Swapped;
import io.meshwright.value.traffic.RouteMatch;
import io.meshwright.value.traffic.RoutePath;
import io.meshwright.value.traffic.TextMatch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteOrderTest {
    private static final RouteMatch ANY = RouteMatch.everything();

    /** A path begins with = where it is exact, and with ~ where it is an expression. */
    @ParameterizedTest
    @CsvSource({
        // exact paths, longer prefixes, expressions
        "=/a, /a, false",
        "/a, =/a, true",
        "/a/b, /a, false",
        "/a, /a/b, true",
        "/, /a, true",
        "/a, ~/a/.*, false",
        "~/a/.*, /a, true",
        "=/a, ~/a, false",
        "~/a, =/a, true",
        // the longer of two expressions
        "~/a/[0-9]+, ~/a/.+, false",
        "~/a/.+, ~/a/[0-9]+, true",
        // that no request fits both
        "/a, =/b, false",
        "/a, =/apiary, false",
        "/a, /b/c, false",
        "/a, /ab/c, false",
        "~/a/.*, /b, false",
        "~/a/.*, ~/b/[0-9]+, false",
        "~/a/[0-9]+, =/a/b, false",
        "~/a/[0-9]+, =/a/1, true",
        "~/a/.*, /a/b, true",
        "~/a/.*, /, true"
    })
    void a_path_that_the_gateway_api_tries_earlier_takes_requests_of_the_one_before(
            String first, String second, boolean swapped) {
        assertThat(RouteOrder.swapped(List.of(rule(first, ANY), rule(second, ANY))))
                .isEqualTo(swapped ? java.util.Optional.of(new Swapped(0, 1)) : java.util.Optional.empty());
    }

    @Test
    void methods_come_before_headers_and_these_before_query_parameters() {
        RouteMatch gets = ANY.withMethods(List.of(HttpMethod.GET));
        RouteMatch header = ANY.withHeader("x-a", TextMatch.anything());
        RouteMatch headers = header.withHeader("x-b", TextMatch.anything());
        RouteMatch query = new RouteMatch(null, null, null, Map.of("q", TextMatch.anything()), null);
        RouteMatch headerAndQuery = new RouteMatch(
                null, Map.of("x-a", TextMatch.anything()), null, Map.of("q", TextMatch.anything()), null);

        assertInOrder(gets, headers, headerAndQuery, header, query, ANY);
    }

    @Test
    void rules_that_are_equal_are_apart_by_the_age_of_their_objects_alone() {
        RouteMatch a = ANY.withHeader("x-a", TextMatch.anything());
        RouteMatch b = ANY.withHeader("x-b", TextMatch.anything());
        Ranked first = new Ranked(RoutePath.prefix("/"), a, "shop");

        assertThat(RouteOrder.swapped(List.of(first, new Ranked(RoutePath.prefix("/"), b, "shop"))))
                .isEmpty();
        assertThat(RouteOrder.swapped(List.of(first, new Ranked(RoutePath.prefix("/"), b, "blog"))))
                .contains(new Swapped(0, 1));
    }

    @Test
    void exact_paths_of_two_objects_meet_where_they_are_the_same() {
        Ranked first = new Ranked(RoutePath.exact("/a"), ANY, "shop");

        assertThat(RouteOrder.swapped(List.of(first, new Ranked(RoutePath.exact("/a"), ANY, "blog"))))
                .contains(new Swapped(0, 1));
        assertThat(RouteOrder.swapped(List.of(first, new Ranked(RoutePath.exact("/b"), ANY, "blog"))))
                .isEmpty();
    }

    @Test
    void rules_of_other_methods_do_not_meet() {
        RouteMatch gets = ANY.withMethods(List.of(HttpMethod.GET));
        RouteMatch posts = ANY.withMethods(List.of(HttpMethod.POST));
        RouteMatch both = ANY.withMethods(List.of(HttpMethod.GET, HttpMethod.POST));

        assertThat(swapped(gets, posts)).isFalse();
        assertThat(swapped(gets, both)).isTrue();
        assertThat(swapped(both, gets)).isTrue();
        assertThat(swapped(ANY, posts)).isTrue();
        assertThat(swapped(posts, ANY)).isTrue();
    }

    @Test
    void rules_that_want_two_values_of_one_header_do_not_meet() {
        assertThat(swapped(header("x-a", TextMatch.exact("1")), header("x-a", TextMatch.exact("2"))))
                .isFalse();
        assertThat(swapped(header("x-a", TextMatch.exact("1")), header("x-a", TextMatch.exact("1"))))
                .isTrue();
        assertThat(swapped(header("x-a", TextMatch.exact("1")), header("x-b", TextMatch.exact("2"))))
                .isTrue();
        assertThat(swapped(header("x-a", TextMatch.exact("1")), header("x-a", TextMatch.regex("2"))))
                .isTrue();
        assertThat(swapped(header("x-a", TextMatch.regex("2")), header("x-a", TextMatch.exact("1"))))
                .isTrue();
    }

    @Test
    void names_the_first_two_of_many() {
        assertThat(RouteOrder.swapped(List.of())).isEmpty();
        assertThat(RouteOrder.swapped(List.of(rule("/b", ANY)))).isEmpty();
        assertThat(RouteOrder.swapped(List.of(rule("/b", ANY), rule("/a", ANY), rule("=/a/x", ANY))))
                .contains(new Swapped(1, 2));
        assertThat(RouteOrder.swapped(List.of(rule("/", ANY), rule("/a", ANY), rule("=/a/x", ANY))))
                .contains(new Swapped(0, 1));
    }

    @Test
    void no_methods_are_all_of_them() {
        assertThat(RouteOrder.methods(ANY)).isEqualTo(HttpMethod.values().length);
        assertThat(RouteOrder.methods(ANY.withMethods(List.of(HttpMethod.GET, HttpMethod.POST))))
                .isEqualTo(2);
    }

    @Test
    void the_refusal_names_both_and_the_way_round() {
        assertThat(RouteOrder.refusal("routes[0]", RoutePath.prefix("/a"), "routes[1]"))
                .hasMessage("routes[0]: \"/a\" comes before routes[1] by Istio's kinds, and behind it in the Gateway"
                        + " API, which tries exact paths, longer prefixes and expressions in this order, then methods,"
                        + " headers and query parameters; let them differ by their paths, or bring it by a gateway with"
                        + " api: networking.istio.io");
    }

    private static void assertInOrder(RouteMatch... matches) {
        for (int i = 1; i < matches.length; i++) {
            Ranked one = new Ranked(RoutePath.prefix("/"), matches[i - 1], "shop");
            Ranked next = new Ranked(RoutePath.prefix("/"), matches[i], "shop");

            assertThat(RouteOrder.swapped(List.of(one, next)))
                    .as("%d, then its next", i)
                    .isEmpty();
            assertThat(RouteOrder.swapped(List.of(next, one)))
                    .as("%d behind its next", i)
                    .isPresent();
        }
    }

    /** Whether two rules of one path, of which the age of two objects decides the order, meet. */
    private static boolean swapped(RouteMatch first, RouteMatch second) {
        return RouteOrder.swapped(List.of(
                        new Ranked(RoutePath.prefix("/"), first, "blog"),
                        new Ranked(RoutePath.exact("/a"), second, "shop")))
                .isPresent();
    }

    private static RouteMatch header(String name, TextMatch value) {
        return RouteMatch.everything().withHeader(name, value);
    }

    private static Ranked rule(String path, RouteMatch match) {
        return new Ranked(path(path), match, "shop");
    }

    private static RoutePath path(String path) {
        return switch (path.charAt(0)) {
            case '=' -> RoutePath.exact(path.substring(1));
            case '~' -> RoutePath.regex(path.substring(1));
            default -> RoutePath.prefix(path);
        };
    }
}
