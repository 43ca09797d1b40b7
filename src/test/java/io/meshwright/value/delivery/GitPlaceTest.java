package io.meshwright.value.delivery;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitPlaceTest {
    @ParameterizedTest
    @ValueSource(strings = {"main", "v1.4.2", "release/1.2", "1.2.*", "*", "feature/a_b+c", "0123abc"})
    void takes_names_of_branches_tags_and_commits(String revision) {
        assertThat(GitPlace.revision("revision", revision)).isEqualTo(revision);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-main",
                ".main",
                "/main",
                "a..b",
                "a//b",
                "a/.b",
                "a@{1}",
                "main/",
                "main.",
                "main.lock",
                "a b",
                "a:b",
                "a~1",
                "main\n"
            })
    void refuses_names_that_git_does(String revision) {
        assertRefused(() -> GitPlace.revision("delivery.revision", revision))
                .startsWith("delivery.revision: ")
                .endsWith("is no name of a branch, tag or commit; write it as git does, such as main or v1.4.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dist", "dist/azure", "a.b/c_d-e", "...", ".github"})
    void takes_folders_of_the_repository(String path) {
        assertThat(GitPlace.folder("path", path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dist", "dist/", "a//b", ".", "..", "../out", "a/../b", "a/.", "a b", "a/b\n"})
    void refuses_what_is_no_folder_of_it(String path) {
        assertRefused(() -> GitPlace.folder("path", path))
                .startsWith("path: ")
                .endsWith("is not a folder of the repository; begin and end without a slash, such as dist/azure");
    }

    @Test
    void wants_something_written() {
        assertRefused(() -> GitPlace.revision("revision", " ")).isEqualTo("revision: is empty; give a text");
        assertRefused(() -> GitPlace.folder("path", "")).isEqualTo("path: is empty; give a text");
    }

    @ParameterizedTest
    @CsvSource({"manifests, manifests", "a/b, b", "a//b/, b"})
    void a_folder_is_called_by_its_last_segment(String path, String name) {
        assertThat(new BesideFolder(path, List.of()).name()).isEqualTo(name);
    }

    @Test
    void an_object_is_called_by_kind_namespace_and_name() {
        BesideFolder.RawObject policy = object(
                "networking.k8s.io/v1", "NetworkPolicy", Map.of("name", "all", "namespace", "shop", "generation", 2));

        assertThat(policy).hasToString("NetworkPolicy shop/all");
        assertThat(policy.groupKind()).isEqualTo("networking.k8s.io/NetworkPolicy");
        assertThat(policy.apiVersion()).isEqualTo("networking.k8s.io/v1");
        assertThat(policy.metadata("generation")).isEmpty();
    }

    @Test
    void an_object_may_have_neither_group_nor_namespace_nor_metadata() {
        BesideFolder.RawObject namespace = object("v1", "Namespace", Map.of("name", "shop"));

        assertThat(namespace).hasToString("Namespace shop");
        assertThat(namespace.groupKind()).isEqualTo("Namespace");
        assertThat(object("v1", "List", "none").metadata("name")).isEmpty();
    }

    private static BesideFolder.RawObject object(String apiVersion, String kind, Object metadata) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("apiVersion", apiVersion);
        content.put("kind", kind);
        content.put("metadata", metadata);
        return new BesideFolder.RawObject("manifests/a.yaml:1", content);
    }
}
