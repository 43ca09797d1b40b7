package io.meshwright.value.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {
    @Test
    void means_the_path_itself_and_what_is_below_it_and_no_longer_word() {
        assertThat(PathPattern.below("/admin").admitting()).containsExactly("/admin", "/admin/*");
    }

    @Test
    void denies_what_servers_may_read_as_the_same_path() {
        assertThat(PathPattern.of("/admin/*").denying())
                .containsExactly(
                        "/admin",
                        "/admin/*",
                        "//*",
                        "/%2F*",
                        "/%2f*",
                        "/%5C*",
                        "/%5c*",
                        "/;*",
                        "/admin%2F*",
                        "/admin%2f*",
                        "/admin%5C*",
                        "/admin%5c*",
                        "/admin;*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/admin",
                "/api/admin/users",
                "//api/admin",
                "/api//admin",
                "/api///admin/users",
                "/api%2Fadmin",
                "/api%2fadmin/users",
                "/%2Fapi/admin",
                "/api%5Cadmin",
                "/api;v=1/admin",
                "/;/api/admin",
                "/api/;a/admin",
                "/api/%2fadmin",
                "/api/admin;a=b/users",
                "/api/admin%2Fusers"
            })
    void denies_every_spelling_of_a_longer_path(String path) {
        assertThat(denies(PathPattern.of("/api/admin/*"), path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/", "/api/users", "/api/administrator", "/app;a=b/admin", "/apiadmin"})
    void denies_no_plain_path_beside_it(String path) {
        assertThat(denies(PathPattern.of("/api/admin/*"), path)).isFalse();
    }

    private static boolean denies(PathPattern pattern, String path) {
        return pattern.denying().stream()
                .anyMatch(form ->
                        form.endsWith("*") ? path.startsWith(form.substring(0, form.length() - 1)) : path.equals(form));
    }

    @Test
    void admits_a_single_path_alone_and_denies_its_spellings() {
        assertThat(PathPattern.of("/health").admitting()).containsExactly("/health");
        assertThat(denies(PathPattern.of("/health"), "/health")).isTrue();
        assertThat(denies(PathPattern.of("/health"), "/health/")).isTrue();
        assertThat(denies(PathPattern.of("/health"), "//health")).isTrue();
        assertThat(denies(PathPattern.of("/health"), "/health;a=b")).isTrue();
        assertThat(denies(PathPattern.of("/health"), "/health//")).isTrue();
        assertThat(denies(PathPattern.of("/health"), "/healthy")).isFalse();
        assertThat(denies(PathPattern.of("/health"), "/health/live")).isFalse();
        assertThat(PathPattern.of("/a/").denying()).contains("/a/").doesNotHaveDuplicates();
        assertThat(denies(PathPattern.of("/"), "/a")).isFalse();
    }

    @Test
    void means_every_path_below_the_root() {
        assertThat(PathPattern.below("/").isEverything()).isTrue();
        assertThat(PathPattern.below("/").denying()).containsExactly("/*");
        assertThat(PathPattern.of("/a/*").isEverything()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "/a/", "/a/b/*", "/*"})
    void takes_paths(String path) {
        assertThat(PathPattern.of(path)).hasToString(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "*", "/admin*", "/a/*/b", "/a?b=c", "/a#b", "//a", "/a b", "/a/{x}"})
    void refuses_what_istio_would_take_for_something_else(String path) {
        assertThatThrownBy(() -> PathPattern.of(path)).hasMessageContaining("; give a path such as /health");
    }
}
