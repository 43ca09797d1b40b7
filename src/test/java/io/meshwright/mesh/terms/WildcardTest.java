package io.meshwright.mesh.terms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {
    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({
        "/v1/{*}/items, /v1/a/items, true",
        "/v1/{*}/items, /v1/a;b:c@d/items, true",
        "/v1/{*}/items, /v1/%3D/items, true",
        "/v1/{*}/items, /v1/a/b/items, false",
        "/v1/{*}/items, /v1//items, false",
        "/v1/{*}/items, /v1/a=b/items, true",
        "/v1/{*}/items, /v1/*/items, true",
        "/v1/{*}/items, /v1/ä/items, false",
        "/v1/{*}/items, /v1/a|b/items, false",
        "/v2/{**}, /v2/, true",
        "/v2/{**}, /v2/a/b, true",
        "/v2/{**}, /v2, false",
        "/v2/{**}, /v2/a;b=c, true",
        "/v2/*, /v2/a;b=c, true"
    })
    void a_template_of_a_path_stands_for_the_letters_that_envoy_takes(String pattern, String path, boolean fits) {
        assertThat(Wildcard.fitsPath(pattern, path, IstioVersion.of("1.30"))).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource({"1.21, /v1/a, false", "1.21, '/v1/{*}', true", "1.22, /v1/a, true", "1.22, '/v1/{*}', false"})
    void is_a_text_before_templates_were_known(String release, String path, boolean fits) {
        assertThat(Wildcard.fitsPath("/v1/{*}", path, IstioVersion.of(release))).isEqualTo(fits);
    }
}
