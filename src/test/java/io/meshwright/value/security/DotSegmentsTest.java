package io.meshwright.value.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotSegmentsTest {
    private static final Pattern FORM = Pattern.compile(DotSegments.regex());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/public/..%2Fadmin",
                "/public%2f..%2fadmin",
                "/public/..%5cadmin",
                "/..;/admin",
                "/public/..;a=b/admin",
                "/public%2F../admin",
                "/public/x%2F..",
                "/.;/admin",
                "/.%2Fadmin",
                "/public/..;"
            })
    void are_found_where_a_proxy_leaves_them(String path) {
        assertThat(FORM.matches(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/public",
                "/a.b/c",
                "/.well-known/openid-configuration",
                "/a..b/c",
                "/files/...",
                "/files/..a",
                "/a%2Fb",
                "/a;v=1/b",
                "/https%3A%2F%2Fgit.example.org%2Fshop.git",
                "//a"
            })
    void are_no_other_path(String path) {
        assertThat(FORM.matches(path)).isFalse();
    }
}
