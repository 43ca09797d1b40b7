package io.meshwright.mesh.terms;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Meshes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathNormalizationTest {
    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "NONE, /x/../%61b//c%2Fd, /x/../%61b//c%2Fd",
        "BASE, /x/../%61b//c%2Fd, /ab//c%2Fd",
        "BASE, '/a\\b;c=d', '/a/b;c=d'",
        "MERGE_SLASHES, //a///b%2F/c, /a/b%2F/c",
        "DECODE_AND_MERGE_SLASHES, //a%2f%2Fb%5cc, /a/b/c",
        "DECODE_AND_MERGE_SLASHES, /x/..%2Fa, /a",
        // As Envoy 1.39.3 answered.
        "NONE, /x/..;/a, /x/..;/a",
        "BASE, /x/..;/a, /a",
        "BASE, /x/..;y;z=1/a?q=/..;/b, /a",
        "BASE, /x/y/..;, /x/",
        "BASE, /x/.;y, /x/",
        "BASE, /x/..;//a, //a",
        "BASE, /..;/..;/a, /a",
        "BASE, /a;b/..;c, /",
        "BASE, '/x/..;\\a', /",
        "BASE, '/x/..;y\\../a', /a",
        "BASE, '/x\\..;\\a', /x/..;/a",
        "BASE, /x/..;%2fa, /",
        "BASE, /x/%2e.;/a, /x/..;/a",
        "BASE, /x/..%3By/a, /x/..%3By/a",
        "BASE, /x/...;/a, /x/...;/a",
        "MERGE_SLASHES, /x/..;//a, /a",
        "DECODE_AND_MERGE_SLASHES, /x/..;%2fa, /a",
        "DECODE_AND_MERGE_SLASHES, /x/y%2f..;/a, /x/a"
    })
    void makes_of_a_path(PathNormalization normalization, String written, String read) {
        assertThat(HttpRequest.of("GET", "http", "shop.example", written, normalization.with(IstioVersion.of("1.31.0")))
                        .path())
                .isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
        "1.28.9, /x/..;/a",
        "1.29.6, /x/..;/a",
        "1.29.7, /a",
        "1.30.0, /x/..;/a",
        "1.30.3, /x/..;/a",
        "1.30.4, /a",
        "1.31.0, /a"
    })
    void takes_dots_with_parameters_for_dot_segments_by_release(String release, String read) {
        assertThat(HttpRequest.of(
                                "GET",
                                "http",
                                "shop.example",
                                "/x/..;/a",
                                PathNormalization.BASE.with(IstioVersion.of(release)))
                        .path())
                .isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
        "'pathNormalization: {normalization: MERGE_SLASHES}', MERGE_SLASHES",
        "'pathNormalization: {normalization: DEFAULT}', BASE",
        "'accessLogFile: /dev/stdout', BASE"
    })
    void is_what_the_mesh_configuration_says(String config, PathNormalization expected) {
        assertThat(Meshes.of("""
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: istio, namespace: istio-system}
        data: {mesh: "%s"}
        """.formatted(config)).config().pathNormalization())
                .isEqualTo(expected);
    }
}
