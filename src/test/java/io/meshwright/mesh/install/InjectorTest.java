package io.meshwright.mesh.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Meshes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of injection that a running cluster's ConfigMap holds. */
class InjectorTest {
    private static String map(String name, String key, String values) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: istio-system}, data: {%s: '%s'}}"
                .formatted(name, key, values);
    }

    @ParameterizedTest
    @CsvSource({
        "istio-sidecar-injector, values, default",
        "istio-sidecar-injector-prod, values, prod",
        "istio-sidecar-injectors, values, ''",
        "istio, values, ''",
        "other, values, ''",
        "istio-sidecar-injector, config, ''"
    })
    void a_config_map_is_an_injectors_by_its_name_and_its_values(String name, String key, String revision) {
        assertThat(Injector.of(Meshes.manifests(map(name, key, "{}"))).stream()
                        .map(Injector::revision)
                        .findFirst()
                        .orElse(""))
                .isEqualTo(revision);
    }

    @Test
    void values_that_are_no_yaml_make_no_injector() {
        assertThat(Injector.of(Meshes.manifests(map("istio-sidecar-injector", "values", "{"))))
                .isEmpty();
    }

    /** In namespaces without any label of Istio's. */
    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void it_says_whether_pods_are_injected_that_nothing_is_said_of(String setting, boolean injected) {
        String values = "{\"sidecarInjectorWebhook\": {\"enableNamespacesByDefault\": %s}}".formatted(setting);

        assertThat(Meshes.pod(
                                Meshes.of(
                                        map("istio-sidecar-injector", "values", values),
                                        Meshes.plain("shop"),
                                        Meshes.deployment("shop", "web")),
                                "shop",
                                "web")
                        .proxy()
                        .isSidecar())
                .isEqualTo(injected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"global\": {\"hub\": \"registry.example/istio\", \"tag\": \"1.30.5\", \"proxy\": {\"image\": \"proxyv2\"}}}"
                        + " | registry.example/istio/proxyv2:1.30.5",
                "{\"global\": {\"hub\": \"registry.example\", \"proxy\": {\"image\": \"other.example/own:1\"}}} | other.example/own:1",
                "{\"global\": {\"tag\": \"1.30.5\", \"proxy\": {\"image\": \"proxyv2\"}}} | ''",
                "{} | ''"
            })
    void the_image_of_the_proxy_is_a_name_in_the_hub_or_stands_by_itself(String values, String image) {
        assertThat(Injector.of(Meshes.manifests(map("istio-sidecar-injector", "values", values)))
                        .get(0)
                        .image()
                        .orElse(""))
                .isEqualTo(image);
    }
}
