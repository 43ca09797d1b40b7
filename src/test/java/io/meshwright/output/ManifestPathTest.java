package io.meshwright.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestPathTest {
    @Test
    void names_a_namespaced_object_by_kind_namespace_and_name() {
        assertThat(ManifestPath.namespaced("mesh", "VirtualService", "shop", "web"))
                .hasToString("mesh/virtualservice.shop.web.yaml");
    }

    @Test
    void names_a_cluster_scoped_object_by_kind_and_name() {
        assertThat(ManifestPath.clusterScoped("crds", "CustomResourceDefinition", "gateways.networking.istio.io"))
                .hasToString("crds/customresourcedefinition.gateways.networking.istio.io.yaml");
    }

    @Test
    void escapes_the_colon_that_a_role_may_have_and_windows_may_not() {
        assertThat(ManifestPath.clusterScoped("observability", "ClusterRole", "system:metrics"))
                .hasToString("observability/clusterrole.system%3Ametrics.yaml");
    }

    @Test
    void sorts_as_its_text_sorts() {
        assertThat(ManifestPath.parse("a-b/x.y.yaml")).isLessThan(ManifestPath.parse("a/x.y.yaml"));
    }

    @Test
    void refuses_a_file_name_that_no_file_system_holds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ManifestPath.namespaced("mesh", "Gateway", "shop", "n".repeat(253)))
                .withMessageEndingWith("makes a file name of 271 bytes and file systems hold 255; shorten it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a/",
                "/a.b.yaml",
                "../a.b.yaml",
                "a/../b.c.yaml",
                "a/b/c.d.yaml",
                "a/.hidden.yaml",
                "a/b.yaml",
                ".meshwright-journal/a.b.yaml",
                "a/b.c d.yaml",
                "a\\b/c.d.yaml",
                "A/b.c.yaml"
            })
    void refuses_what_is_not_one_manifest_in_one_stack(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ManifestPath.parse(text));
    }
}
