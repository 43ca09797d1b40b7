package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.Fixtures;
import io.meshwright.check.Checks;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The azure environment in the middle of its way from Istio 1.23 to 1.25: user-service has moved, all others have not.
 */
class IstioUpgradeTest {
    private static final String MOVED = "  user-service: {tag: next}\n";
    private static final String AT_THE_START = "  user-service: {}\n";
    private static String file;
    private static SortedMap<String, String> midway;
    private static Mesh mesh;

    @BeforeAll
    static void render() throws IOException {
        file = Rendering.file("azure")
                .replace("  version: 1.23.4\n", firstStepOfThePage())
                .replace("  name: sangsang-gateway\n", "  name: sangsang-gateway\n  tag: edge\n")
                .replace(AT_THE_START, MOVED);
        midway = Rendering.objects(file);
        mesh = Rendering.mesh(midway);
    }

    @Test
    void renders_both_control_planes_each_of_its_own_release() {
        assertThat(application("istiod").at("/spec/source/targetRevision").asText())
                .isEqualTo("1.23.4");
        assertThat(application("istiod").at("/spec/source/helm/valuesObject").has("revision"))
                .isFalse();
        assertThat(application("istiod-1-25-5")
                        .at("/spec/source/targetRevision")
                        .asText())
                .isEqualTo("1.25.5");
        assertThat(application("istiod-1-25-5")
                        .at("/spec/source/helm/valuesObject/revision")
                        .asText())
                .isEqualTo("1-25-5");
    }

    @Test
    void leads_the_proxies_of_each_control_plane_to_that_one() {
        String address = "/spec/source/helm/valuesObject/meshConfig/defaultConfig/discoveryAddress";

        assertThat(application("istiod").at(address).asText()).isEqualTo("istiod.istio-system.svc:15012");
        assertThat(application("istiod-1-25-5").at(address).asText()).isEqualTo("istiod-1-25-5.istio-system.svc:15012");
    }

    @Test
    void takes_crds_from_the_newer_and_lets_the_older_validate() {
        assertThat(application("istio-base").at("/spec/source/targetRevision").asText())
                .isEqualTo("1.25.5");
        assertThat(application("istio-base")
                        .at("/spec/source/helm/valuesObject/defaultRevision")
                        .asText())
                .isEqualTo("default");
    }

    @Test
    void takes_the_node_agent_from_the_minor_between_that_serves_both() {
        assertThat(application("istio-cni").at("/spec/source/targetRevision").asText())
                .isEqualTo("1.24.6");
    }

    @Test
    void leaves_the_gateway_on_the_older_until_its_tag_moves() {
        assertThat(application("istio-ingressgateway")
                        .at("/spec/source/targetRevision")
                        .asText())
                .isEqualTo("1.23.4");
        assertThat(application("istio-ingressgateway")
                        .at("/spec/source/helm/valuesObject/revision")
                        .asText())
                .isEqualTo("edge");
    }

    @Test
    void labels_every_namespace_with_the_tag_that_it_follows() {
        assertThat(midway.get("namespaces/Namespace/user-service")).contains("istio.io/rev: next");
        assertThat(midway.get("namespaces/Namespace/product-service")).contains("istio.io/rev: stable");
        assertThat(midway.get("namespaces/Namespace/monitoring")).contains("istio.io/rev: stable");
    }

    @Test
    void passes_every_check_of_both_releases() {
        assertThat(Checks.run(Rendering.read(midway), Optional.empty()).errors())
                .isEmpty();
    }

    @Test
    void gives_every_pod_the_proxy_of_the_release_that_its_tag_points_at() {
        assertThat(mesh.version(pod("user-service"))).hasToString("1.25.5");
        assertThat(mesh.version(pod("product-service"))).hasToString("1.23.4");
        assertThat(mesh.version(pod("istio-system"))).hasToString("1.23.4");
        assertThat(mesh.pods().all()).filteredOn(pod -> pod.proxy().isSidecar()).hasSizeGreaterThan(8);
    }

    @Test
    void rolls_one_namespace_back_by_one_line() throws IOException {
        assertThat(differences(midway, Rendering.objects(file.replace(MOVED, "  user-service: {tag: stable}\n"))))
                .containsExactly("namespaces/Namespace/user-service: istio.io/rev: next -> istio.io/rev: stable");
    }

    @Test
    void rolls_all_namespaces_of_a_tag_back_by_that_tag_alone() throws IOException {
        SortedMap<String, String> moved = Rendering.objects(file.replace("stable: default", "stable: 1-25-5"));

        assertThat(differences(moved, midway))
                .containsExactly(
                        "mesh/MutatingWebhookConfiguration/istio-revision-tag-stable: istio.io/rev: 1-25-5 ->"
                                + " istio.io/rev: default",
                        "mesh/MutatingWebhookConfiguration/istio-revision-tag-stable: name: istiod-1-25-5 -> name:"
                                + " istiod",
                        "mesh/MutatingWebhookConfiguration/istio-revision-tag-stable: name: istiod-1-25-5 -> name:"
                                + " istiod");
    }

    @Test
    void changes_nothing_of_the_older_control_plane_but_the_labels_when_the_newer_is_put_beside_it()
            throws IOException {
        SortedMap<String, String> before = Rendering.objects(Rendering.file("azure"));

        assertThat(midway.get("argocd/Application/istiod")).isEqualTo(before.get("argocd/Application/istiod"));
    }

    /** What the generated page tells a person to write. */
    private static String firstStepOfThePage() throws IOException {
        String page = Fixtures.page("upgrade/azure.md");
        return page.substring(
                page.indexOf("istio:\n") + "istio:\n".length(), page.indexOf("```\n", page.indexOf("istio:\n")));
    }

    private static JsonNode application(String name) {
        try {
            return YAMLMapper.builder().build().readTree(midway.get("argocd/Application/%s".formatted(name)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Pod pod(String namespace) {
        return mesh.pods().all().stream()
                .filter(pod -> pod.namespace().equals(namespace))
                .filter(pod -> pod.proxy().isSidecar() || pod.proxy().isGateway())
                .findFirst()
                .orElseThrow();
    }

    /** Every line that differs, as {@code object: before -> after}; objects that are in one only count as one line. */
    private static List<String> differences(SortedMap<String, String> before, SortedMap<String, String> after) {
        List<String> differences = new ArrayList<>();
        TreeMap<String, String> all = new TreeMap<>(before);
        after.forEach(all::putIfAbsent);
        for (String object : all.keySet()) {
            List<String> old = before.getOrDefault(object, "").lines().toList();
            List<String> now = after.getOrDefault(object, "").lines().toList();
            for (int line = 0; line < Math.max(old.size(), now.size()); line++) {
                String was = line < old.size() ? old.get(line).strip() : "";
                String is = line < now.size() ? now.get(line).strip() : "";
                if (!was.equals(is)) {
                    differences.add("%s: %s -> %s".formatted(object, was, is));
                }
            }
        }
        return differences;
    }
}
