package io.meshwright.construct.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Url;
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
    assertThat(source.at("/directory/recurse").asBoolean(true)).isFalse();
    assertThat(source.at("/targetRevision").asText()).isEqualTo("main");
  }

  @Test
  void belongs_to_its_project_and_waits_for_its_wave() {
    assertThat(stack().at("/spec/project").asText()).isEqualTo("sample");
    assertThat(stack().at("/metadata/annotations").get("argocd.argoproj.io/sync-wave").asText()).isEqualTo(Wave.SERVICES.value());
  }

  @Test
  void tries_again_ever_more_slowly() {
    assertThat(stack().at("/spec/syncPolicy/retry").toString())
        .isEqualTo("{\"backoff\":{\"duration\":\"10s\",\"factor\":2,\"maxDuration\":\"3m\"},\"limit\":10}");
  }

  @Test
  void leaves_alone_what_a_rollout_moves_in_one_object() {
    assertThat(stack().at("/spec/ignoreDifferences/0/namespace").asText()).isEqualTo("shop");
    assertThat(stack().at("/spec/syncPolicy/syncOptions")).map(JsonNode::asText)
        .contains("RespectIgnoreDifferences=true", "ApplyOutOfSyncOnly=true");
  }

  @Test
  void has_a_root_that_is_applied_by_hand_and_takes_nothing_with_it() {
    JsonNode root = Synthesis.of(scope -> RootApplication.Builder.create(scope, "root").name(Name.of("sample"))
        .project(Synthesis.project(scope)).git(Synthesis.GIT).build()).get(1);

    assertThat(root.at("/spec/source/path").asText()).isEqualTo("dist/sample/argocd");
    assertThat(root.get("metadata").has("finalizers")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dist/sample", "dist/sample/", "dist//sample", "dist/sample name", "dist/../sample", "./dist"})
  void refuses_a_folder_that_argo_cd_would_not_find(String path) {
    assertThatThrownBy(() -> new GitSource(Url.of("https://git.example.org/platform.git"), "main", path))
        .isInstanceOf(InvalidValue.class).hasMessageStartingWith("path: ");
  }

  private static JsonNode stack() {
    return Synthesis.of(scope -> StackApplication.Builder.create(scope, "services").stack(Name.of("services"))
        .project(Synthesis.project(scope)).git(Synthesis.GIT).wave(Wave.SERVICES)
        .ignoreDifferences(List.of(new IgnoredDifference("networking.istio.io", "VirtualService", "web",
            Optional.of("shop"), List.of(".spec.http[].route[].weight"))))
        .syncOption("ApplyOutOfSyncOnly=true").build()).get(1);
  }
}
