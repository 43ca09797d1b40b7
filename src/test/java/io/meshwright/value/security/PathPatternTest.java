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
    void denies_path_parameters_too() {
        assertThat(PathPattern.of("/admin/*").denying()).containsExactly("/admin", "/admin/*", "/admin;*");
    }

    @Test
    void leaves_a_single_path_single() {
        assertThat(PathPattern.of("/health").admitting()).containsExactly("/health");
        assertThat(PathPattern.of("/health").denying()).containsExactly("/health");
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
