package io.meshwright.value.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.InvalidValue;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels and annotations that a file may give pods. */
class PodMetadataTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app | is made of another key; write app beside ports",
                "version | is made of another key; name versions in release",
                "sidecar.istio.io/inject | is made of another key; write mesh: false beside ports",
                "meshwright.io/owner | is Meshwright's own; take a domain of your own",
                "pod-template-hash | is written by the controller of the pods; remove it",
                "istio.io/rev | is Istio's, and decides what the mesh does; remove it",
                "security.istio.io/tlsMode | is Istio's, and decides what the mesh does; remove it"
            })
    void refuses_a_label_that_another_hand_writes(String key, String told) {
        assertThatThrownBy(() -> OwnedMetadata.refuseLabels("labels", Map.of(key, "x")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining(key)
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proxy.istio.io/config | is made of another key; write proxyMetadata beside ports",
                "inject.istio.io/templates | the mesh's own template makes the sidecar",
                "sidecar.istio.io/proxyImage | istio.version chooses the proxy",
                "prometheus.io/scrape | is made of metrics",
                "traffic.sidecar.istio.io/excludeOutboundPorts | takes calls past the sidecar",
                "meshwright.io/reason | is Meshwright's own"
            })
    void refuses_an_annotation_that_another_hand_writes(String key, String told) {
        assertThatThrownBy(() -> OwnedMetadata.refuseAnnotations("annotations", Map.of(key, "x")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining(key)
                .hasMessageContaining(told);
    }

    @Test
    void lets_everything_else_through() {
        assertThatCode(() -> OwnedMetadata.refuseLabels(
                        "labels", Map.of("team", "shop", "example.org/tier", "1", "notistio.io/x", "", "apps", "x")))
                .doesNotThrowAnyException();
        assertThatCode(() -> OwnedMetadata.refuseAnnotations(
                        "annotations",
                        Map.of("sidecar.istio.io/proxyCPU", "50m", "example.org/note", "a sentence, with spaces")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "a, true",
        "-a, false",
        "a-, false",
        "example.org/team, true",
        "example.org/, false",
        "/team, false",
        "Example.org/team, false",
        "a/b/c, false",
        "a_b.c, true"
    })
    void knows_what_a_key_is(String key, boolean admitted) {
        assertKey(key, admitted);
    }

    @Test
    void counts_the_letters_of_a_key_and_its_domain() {
        assertKey("a".repeat(63), true);
        assertKey("a".repeat(64), false);
        assertKey("a".repeat(253).concat("/b"), true);
        assertKey("a".repeat(254).concat("/b"), false);
    }

    @Test
    void a_value_of_a_label_is_empty_or_a_word() {
        assertThatCode(() -> LabelSyntax.labels("labels", Map.of("a", "", "b", "x.y_z-1")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> LabelSyntax.labels("labels", Map.of("a", "two words")))
                .hasMessage("labels.a: \"two words\" is no value of a label; give at most 63 letters, digits, dashes,"
                        + " dots and underscores");
    }

    @Test
    void the_domain_of_a_key_is_before_its_slash() {
        assertThat(LabelSyntax.domain("example.org/team")).isEqualTo("example.org");
        assertThat(LabelSyntax.domain("team")).isEmpty();
    }

    private static void assertKey(String key, boolean admitted) {
        if (admitted) {
            assertThatCode(() -> LabelSyntax.key("labels", key)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> LabelSyntax.key("labels", key))
                    .isInstanceOf(InvalidValue.class)
                    .hasMessageContaining("is no key of a label or annotation; write name or domain/name");
        }
    }
}
