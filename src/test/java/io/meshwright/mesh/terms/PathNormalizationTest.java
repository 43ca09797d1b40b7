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
        "DECODE_AND_MERGE_SLASHES, /x/..%2Fa, /a"
    })
    void makes_of_a_path(PathNormalization normalization, String written, String read) {
        assertThat(HttpRequest.of("GET", "http", "shop.example", written, normalization)
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
