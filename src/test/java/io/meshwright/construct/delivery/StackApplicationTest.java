package io.meshwright.construct.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.construct.delivery.sync.Wave;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Url;
import io.meshwright.value.Version;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackApplicationTest {
    @Test
    void applies_one_folder_and_none_below_it() {
        JsonNode source = stack().at("/spec/source");

        assertThat(source.at("/path").asText()).isEqualTo("dist/sample/services");
        assertThat(source.has("directory"))
                .as("Argo CD strips what says only its default, and would differ for ever")
                .isFalse();
        assertThat(source.at("/targetRevision").asText()).isEqualTo("main");
    }

    @Test
    void belongs_to_its_project_and_waits_for_its_wave() {
        assertThat(stack().at("/spec/project").asText()).isEqualTo("sample");
        assertThat(stack().at("/metadata/annotations")
                        .get("argocd.argoproj.io/sync-wave")
                        .asText())
                .isEqualTo(Wave.SERVICES.value());
    }

    @Test
    void tries_again_for_a_short_while_where_a_try_cannot_read_the_commit_that_mends_it() {
        assertThat(retry("3.0.12"))
                .isEqualTo(retry("3.1"))
                .isEqualTo("{\"backoff\":{\"duration\":\"5s\",\"factor\":2,\"maxDuration\":\"1m\"},\"limit\":4}");
    }

    @Test
    void tries_again_with_the_newest_commit_where_argo_cd_can() {
        assertThat(retry("3.2.0"))
                .isEqualTo(retry("3.4.5"))
                .isEqualTo(
                        "{\"backoff\":{\"duration\":\"10s\",\"factor\":2,\"maxDuration\":\"1m\"},\"limit\":10,\"refresh\":true}");
    }

    @Test
    void leaves_alone_what_a_rollout_moves_in_one_object() {
        assertThat(stack().at("/spec/ignoreDifferences/0/namespace").asText()).isEqualTo("shop");
        assertThat(stack().at("/spec/syncPolicy/syncOptions"))
                .map(JsonNode::asText)
                .containsExactly("ServerSideApply=true", "ApplyOutOfSyncOnly=true", "FailOnSharedResource=true");
    }

    @Test
    void has_a_root_that_is_applied_by_hand_and_takes_nothing_with_it() {
        JsonNode root = Synthesis.of(scope -> RootApplication.Builder.create(scope, "root")
                        .name(Name.of("sample"))
                        .project(Synthesis.project(scope))
                        .git(Synthesis.GIT)
                        .build())
                .get(1);

        assertThat(root.at("/spec/source/path").asText()).isEqualTo("dist/sample/argocd");
        assertThat(root.get("metadata").has("finalizers")).isFalse();
        assertThat(root.at("/metadata/annotations").has("meshwright.io/await-seconds"))
                .as("it would wait for itself")
                .isFalse();
        assertThat(root.at("/spec/syncPolicy/syncOptions"))
                .map(JsonNode::asText)
                .containsExactly("ServerSideApply=true", "ApplyOutOfSyncOnly=true", "PruneLast=true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/dist/sample", "dist/sample/", "dist//sample", "dist/sample name", "dist/../sample", "./dist"})
    void refuses_a_folder_that_argo_cd_would_not_find(String path) {
        assertThatThrownBy(() -> new GitSource(Url.of("https://git.example.org/platform.git"), "main", path))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("path: ");
    }

    private static JsonNode stack() {
        return Synthesis.of(scope -> StackApplication.Builder.create(scope, "services")
                        .stack(Name.of("services"))
                        .project(Synthesis.project(scope))
                        .git(Synthesis.GIT)
                        .wave(Wave.SERVICES)
                        .ignoreDifferences(List.of(new IgnoredDifference(
                                "networking.istio.io",
                                "VirtualService",
                                "web",
                                Optional.of("shop"),
                                List.of(".spec.http[].route[].weight"))))
                        .syncOption("FailOnSharedResource=true")
                        .build())
                .get(1);
    }

    private static String retry(String argoCd) {
        return Synthesis.of(scope -> StackApplication.Builder.create(scope, "services")
                        .stack(Name.of("services"))
                        .project(Synthesis.project(scope, Version.of(argoCd)))
                        .git(Synthesis.GIT)
                        .wave(Wave.SERVICES)
                        .build())
                .get(1)
                .at("/spec/syncPolicy/retry")
                .toString();
    }
}
