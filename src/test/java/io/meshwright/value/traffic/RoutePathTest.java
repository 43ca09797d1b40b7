package io.meshwright.value.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutePathTest {
    @Test
    void puts_the_path_that_says_most_first() {
        List<RoutePath> sorted = Stream.of(
                        RoutePath.prefix("/"),
                        RoutePath.prefix("/api"),
                        RoutePath.regex("/api/v[0-9]+/chat"),
                        RoutePath.exact("/"),
                        RoutePath.prefix("/api/v1/orders"),
                        RoutePath.regex("/.*\\.png"))
                .sorted()
                .toList();

        assertThat(sorted)
                .extracting(RoutePath::toString)
                .containsExactly("=/", "/api/v1/orders", "~/api/v[0-9]+/chat", "/api", "~/.*\\.png", "/");
    }

    @Test
    void is_the_root_only_as_such() {
        assertThat(RoutePath.prefix("/").isRoot()).isTrue();
        assertThat(RoutePath.prefix("/api").isRoot()).isFalse();
    }

    @Test
    void counts_only_the_certain_beginning_of_an_expression() {
        assertThat(RoutePath.regex("/a/b[0-9]").beginning()).isEqualTo("/a/b");
        assertThat(RoutePath.regex("/ab?").beginning()).isEqualTo("/a");
        assertThat(RoutePath.regex("/a|/b").beginning()).isEqualTo("/");
        assertThat(RoutePath.regex("/a/b").beginning()).isEqualTo("/a/b");
        assertThat(RoutePath.regex("/*").beginning()).isEqualTo("/");
        assertThat(RoutePath.prefix("/api").beginning()).isEqualTo("/api");
    }

    @ParameterizedTest
    @CsvSource({"/a\\.b, /a", "/ab*, /a", "/ab{2}, /a", "/ab+, /ab", "/a[bc], /a", "/, /"})
    void a_sign_of_an_expression_ends_what_is_certain(String expression, String beginning) {
        assertThat(RoutePath.regex(expression).beginning()).isEqualTo(beginning);
    }

    @ParameterizedTest
    @CsvSource({
        "=/a, /a, true",
        "=/a, /a/, false",
        "/a, /a, true",
        "/a, /a/b, true",
        "/a, /apiary, false",
        "/, /b, true",
        "~/a[0-9], /a1, true",
        "~/a[0-9], /a12, false"
    })
    void takes_paths_of_requests(String route, String path, boolean taken) {
        RoutePath known = route.startsWith("=")
                ? RoutePath.exact(route.substring(1))
                : route.startsWith("~") ? RoutePath.regex(route.substring(1)) : RoutePath.prefix(route);

        assertThat(known.takes(path)).isEqualTo(taken);
        assertThat(known).hasToString(route);
    }
}
