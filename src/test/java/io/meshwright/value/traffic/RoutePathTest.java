package io.meshwright.value.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
}
