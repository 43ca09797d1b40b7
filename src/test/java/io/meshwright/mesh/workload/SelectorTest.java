package io.meshwright.mesh.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Meshes;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {
    private static Selector selector(String text) {
        return Selector.of(ManifestReader.value("{%s}".formatted(text)).orElseThrow());
    }

    /** Of what has the labels app: web and team: a. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | true",
                "matchLabels: {app: web} | true",
                "matchLabels: {app: api} | false",
                "'matchExpressions: [{key: app, operator: In, values: [api, web]}]' | true",
                "'matchExpressions: [{key: app, operator: In, values: [api]}]' | false",
                "'matchExpressions: [{key: zone, operator: In, values: [a]}]' | false",
                "'matchExpressions: [{key: app, operator: NotIn, values: [api]}]' | true",
                "'matchExpressions: [{key: app, operator: NotIn, values: [web]}]' | false",
                "'matchExpressions: [{key: zone, operator: NotIn, values: [web]}]' | true",
                "'matchExpressions: [{key: app, operator: Exists}]' | true",
                "'matchExpressions: [{key: zone, operator: Exists}]' | false",
                "'matchExpressions: [{key: app, operator: DoesNotExist}]' | false",
                "'matchExpressions: [{key: zone, operator: DoesNotExist}]' | true",
                "'matchExpressions: [{key: app, operator: Like}]' | false",
                "'matchExpressions: [{key: app, operator: Exists}, {key: zone, operator: Exists}]' | false",
                "'matchLabels: {team: a}, matchExpressions: [{key: app, operator: Exists}]' | true",
                "'matchLabels: {team: b}, matchExpressions: [{key: app, operator: Exists}]' | false"
            })
    void labels_must_be_there_and_every_expression_hold(String text, boolean selects) {
        assertThat(selector(text).selects(Map.of("app", "web", "team", "a"))).isEqualTo(selects);
    }

    @Test
    void pods_are_found_by_a_label_that_everybody_knows_and_else_among_all() {
        Pods pods = Meshes.of(Meshes.deployment("shop", "web"), Meshes.deployment("shop", "api"))
                .pods();

        assertThat(pods.selectedBy("shop", Selector.of(Map.of("pod-template-hash", "x"))))
                .hasSize(2);
        assertThat(pods.selectedBy("shop", Selector.of(Map.of("pod-template-hash", "x", "app", "web"))))
                .extracting(Pod::name)
                .containsExactly("web");
        assertThat(pods.selectedBy("shop", selector("matchExpressions: [{key: app, operator: In, values: [api]}]")))
                .extracting(Pod::name)
                .containsExactly("api");
        assertThat(pods.selectedBy("other", Selector.of(Map.of()))).isEmpty();
    }

    @Test
    void two_selectors_are_compatible_unless_a_label_of_both_differs() {
        Selector web = Selector.of(Map.of("app", "web"));

        assertThat(web.compatible(Selector.of(Map.of("team", "a")))).isTrue();
        assertThat(web.compatible(Selector.of(Map.of("app", "web", "team", "a"))))
                .isTrue();
        assertThat(web.compatible(Selector.of(Map.of("app", "api")))).isFalse();
    }
}
