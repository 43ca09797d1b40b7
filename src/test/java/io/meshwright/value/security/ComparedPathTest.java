package io.meshwright.value.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.edge.HostRateLimit;
import io.meshwright.value.traffic.RoutePath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparedPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/.",
                "/a/.",
                "/a/..",
                "/a/../b",
                "/./a",
                "/..;/a",
                "/a/.;x=1/b",
                "/a/%2e%2e/b",
                "/%61dmin",
                "/a%2D",
                "/a/%7E",
                "/%5f",
                "/%7a",
                "/%5A",
                "/%4F",
                "/%39"
            })
    void is_refused_where_no_request_has_it(String path) {
        assertThatThrownBy(() -> PathPattern.of(path)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> RoutePath.exact(path)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> RoutePath.prefix(path)).isInstanceOf(InvalidValue.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a",
                "/...",
                "/.well-known/x",
                "/a..",
                "/a/..b",
                "/a.b/c",
                "/a;b",
                "/a%2Fb",
                "/a%20b",
                "/%EC%9D%B4",
                "/%40",
                "/%5B",
                "/%60",
                "/%7B",
                "/%3A",
                "/%2C",
                "/~a/-_."
            })
    void is_taken_where_one_may_have_it(String path) {
        assertThatCode(() -> PathPattern.of(path)).doesNotThrowAnyException();
        assertThatCode(() -> RoutePath.exact(path)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin\\x", "/admin/../*", "/a/./*"})
    void is_refused_as_a_pattern(String path) {
        assertThatThrownBy(() -> PathPattern.of(path)).isInstanceOf(InvalidValue.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/./api", "/api/.."})
    void is_refused_as_what_is_counted(String path) {
        assertThatThrownBy(() -> new HostRateLimit(null, 10, null, null, null, path))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("no path has when it is compared");
    }
}
